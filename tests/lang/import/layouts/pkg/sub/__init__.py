thing=5; from .. import a as aa; from ..sub import mod; print("sub", mod.M)
