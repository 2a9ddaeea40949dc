from .. import value
from ..sibling import who as sibling_who
from . import name
def where(): return __name__, value, name, sibling_who()[0]
