# Cooperative mixins and abstract bases.
class Base:
    def __init__(self, **kw):
        if kw: raise TypeError(f"unexpected {sorted(kw)}")
    def describe(self): return []
class Named(Base):
    def __init__(self, name, **kw): super().__init__(**kw); self.name = name
    def describe(self): return [f"name={self.name}"] + super().describe()
class Sized(Base):
    def __init__(self, size=0, **kw): super().__init__(**kw); self.size = size
    def describe(self): return [f"size={self.size}"] + super().describe()
class Thing(Named, Sized):
    def describe(self): return ["Thing"] + super().describe()
t = Thing(name="n", size=3)
print(t.describe(), [c.__name__ for c in Thing.__mro__])
try:
    Thing(name="n", colour="red")
except TypeError as e:
    print(e)
class ReprMixin:
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"
class EqMixin:
    def __eq__(self, o): return type(self) is type(o) and vars(self) == vars(o)
    def __hash__(self): return hash(tuple(sorted(vars(self).items())))
class P(ReprMixin, EqMixin):
    def __init__(self, x, y): self.x, self.y = x, y
print(P(1, "a"), P(1, 2) == P(1, 2), len({P(1, 2), P(1, 2), P(2, 1)}))
class LoggedDict(dict):
    def __setitem__(self, k, v): print("set", k); super().__setitem__(k, v)
class UpperKeys:
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
class D(UpperKeys, LoggedDict): pass
d = D(); d["a"] = 1
print(d, isinstance(d, dict), type(d).__mro__[1].__name__)
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def show(self): return f"{self.name}: {self.area()}"
class Sq(Shape):
    name = "sq"
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(Sq(3).show())
class Half(Shape):
    def area(self): return 0
for k in (Shape, Half):
    try:
        k()
    except TypeError as e:
        print(e)
class E1(ValueError, KeyError): pass
try:
    raise E1("both")
except KeyError as e:
    print(type(e).__name__, isinstance(e, ValueError), e)
