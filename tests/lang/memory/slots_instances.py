# Slots save memory and have no dictionary.
import sys
class S:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1; self.b = 2
class D:
    def __init__(self): self.a = 1; self.b = 2
s, d = S(), D()
print(hasattr(s, "__dict__"), hasattr(d, "__dict__"), hasattr(s, "__weakref__"), hasattr(d, "__weakref__"), sys.getsizeof(s) <= sys.getsizeof(d) + sys.getsizeof(d.__dict__))
try: s.c = 3
except AttributeError as e: print(e)
d.c = 3; print(vars(d))
import weakref
try: weakref.ref(s)
except TypeError as e: print(e)
class W(S): __slots__ = ("__weakref__",)
w = W(); print(weakref.ref(w)() is w)
class Sub(S): pass
x = Sub(); x.extra = 1; print(x.a, vars(x)); del s.a
try: s.a
except AttributeError as e: print(e)
print(S.__dict__["a"].__get__(S(), S), type(S.__dict__["a"]).__name__)
objs = [S() for _ in range(1000)]; print(sum(o.a + o.b for o in objs)); refs = [sys.getrefcount(o) for o in objs[:3]]; print(refs)
class C:
    __slots__ = ("x",)
c = C(); c.x = c; r = id(c); import gc; del c; print(gc.collect() > 0)
