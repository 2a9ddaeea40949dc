# Values, functions, classes and modules are objects.
import sys, types
def foo(): pass
class C: pass
for o in (1, list(), True, foo, C, C(), types, None, ..., type, object, len, foo.__code__, Exception, (x for x in [])): print(type(o).__name__, isinstance(o, object), id(o) == id(o), sys.getrefcount(o) > 0, hasattr(o, "__class__"), isinstance(type(o), type))
