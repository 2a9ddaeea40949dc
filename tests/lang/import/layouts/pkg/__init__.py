print("init pkg", __name__, __package__, __path__ is not None)
from . import a
from .sub import thing
__all__=["a","lazy"]
