from . import value
from .sub import name
def who(): return __name__, value, name
def up():
    from . import sub
    return sub.__name__
