# Abstract base classes.
from abc import *
import collections.abc as ca
class A(ABC):
    @abstractmethod
    def f(self): return "A.f"
    @property
    @abstractmethod
    def p(self): ...
    @staticmethod
    @abstractmethod
    def s(): ...
class B(A):
    def f(self): return "B+" + super().f()
    p = 5
    @staticmethod
    def s(): return "s"
print(B().f(), B().p, B.s(), sorted(A.__abstractmethods__), B.__abstractmethods__, isinstance(B(), A), type(A))
class C(A):
    def f(self): pass
for k in (A, C):
    try: k()
    except TypeError as e: print(e)
@A.register
class V: pass
print(issubclass(V, A), isinstance(V(), A), A in V.__mro__)
class H(ABC):
    @classmethod
    def __subclasshook__(cls, c): return True if hasattr(c, "quack") else NotImplemented
class D:
    def quack(self): pass
print(issubclass(D, H), isinstance(D(), H), issubclass(int, H))
for cls in ("Hashable", "Iterable", "Iterator", "Sized", "Container", "Callable", "Sequence", "MutableSequence", "Mapping", "MutableMapping", "Set", "MutableSet", "Reversible", "Collection", "Generator", "ByteString"):
    k = getattr(ca, cls); print(cls, [type(o).__name__ for o in (1, "a", [], (), {}, set(), frozenset(), iter([]), len, range(1), b"", bytearray(), (x for x in []), {}.keys(), None, object()) if isinstance(o, k)])
class Seq(ca.Sequence):
    def __init__(self, *v): self.v = v
    def __len__(self): return len(self.v)
    def __getitem__(self, i): return self.v[i]
s = Seq(1, 2, 3, 2); print(list(s), 2 in s, s.index(2), s.count(2), list(reversed(s)), isinstance(s, ca.Iterable))
class Mp(ca.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = Mp(); m.update(a=1, b=2); print(m["a"], m.get("z"), list(m.items()), m.pop("a"), m.setdefault("q", 5), dict(m), m == {"b": 2, "q": 5}, "b" in m, m.popitem(), len(m), list(m.keys()), m.clear(), list(m.values()))
class St(ca.Set):
    def __init__(self, it): self.l = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.l
    def __iter__(self): return iter(self.l)
    def __len__(self): return len(self.l)
x, y = St([1, 2, 3]), St([2, 3, 4]); print(list(x & y), list(x | y), list(x - y), list(x ^ y), x <= y, x == St([3, 2, 1]), x.isdisjoint([9]), St([2]) < x)
try: ca.Sequence()
except TypeError as e: print(e)
try: Seq(1)[0] = 1
except TypeError as e: print(e)
