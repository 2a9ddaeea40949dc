print("a"); from . import b; X=1
