"""Metaclass frameworks, plugins, descriptors, operator overloading, copy/pickle protocols, weakrefs."""
import abc, copy, enum, functools, operator, pickle, sys, types, weakref, gc, reprlib, numbers, collections
from fractions import Fraction
from functools import (total_ordering, singledispatchmethod, lru_cache, cached_property, partial, wraps, cmp_to_key,
                       update_wrapper)


class Registry(type):
    plugins = {}
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, kw)
        return collections.OrderedDict()
    def __new__(mcs, name, bases, ns, key=None, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns))
        if key: mcs.plugins[key] = cls
        cls._order = [k for k in ns if not k.startswith("__")]
        return cls
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k)
        cls.made = getattr(cls, "made", 0) + 1
        return o
    def __contains__(cls, k): return k in cls.plugins
    def __lt__(cls, other): return cls.__name__ < other.__name__
    @property
    def label(cls): return cls.__name__.upper()
class Plugin(metaclass=Registry):
    def run(self): return type(self).label
class Csv(Plugin, key="csv"):
    b = 1
    a = 2
    def run(self): return super().run() + "!"
class Json(Plugin, key="json"): pass
print(Registry.plugins, "csv" in Plugin, [c.__name__ for c in sorted([Json, Csv])], Csv._order, Csv().run(),
    Csv().run(), Csv.made, type(Csv), hasattr(Csv(), "label"))


@total_ordering
class Vec:
    __slots__ = ("x", "y", "__weakref__")
    __match_args__ = ("x", "y")
    def __init__(self, x=0, y=0): self.x, self.y = x, y
    def __repr__(self): return f"Vec({self.x!r}, {self.y!r})"
    def __format__(self, spec): return f"<{self.x:{spec}}|{self.y:{spec}}>"
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y) if isinstance(o, Vec) else NotImplemented
    def __lt__(self, o): return abs(self) < abs(o) if isinstance(o, Vec) else NotImplemented
    def __hash__(self): return hash((self.x, self.y))
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y) if isinstance(o, Vec) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, k): return Vec(self.x * k, self.y * k) if isinstance(k,
        numbers.Number) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __imul__(self, k): self.x *= k; self.y *= k; return self
    def __neg__(self): return Vec(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** .5
    def __bool__(self): return bool(self.x or self.y)
    def __iter__(self): yield self.x; yield self.y
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __round__(self, n=None): return Vec(round(self.x, n), round(self.y, n))
    def __divmod__(self, o): return Vec(self.x // o, self.y // o), Vec(self.x % o, self.y % o)
    def __pow__(self, k, mod=None): return Vec(pow(self.x, k, mod), pow(self.y, k, mod))
    def __index__(self): return int(self.x)
    def __complex__(self): return complex(self.x, self.y)
    def __copy__(self): return Vec(self.x, self.y)
    def __reduce__(self): return Vec, (self.x, self.y)
    def __sizeof__(self): return 99
    def __dir__(self): return ["x", "y"]
    def __contains__(self, v): return v in (self.x, self.y)
    def __reversed__(self): return iter((self.y, self.x))
    def __invert__(self): return Vec(self.y, self.x)
a, b = Vec(3, 4), Vec(1, 2)
print(a + b, sum([a, b]), a * 2, 2 * a, a @ b, -a, abs(a), a > b, a >= a, a != b, f"{a:.1f}", [*a], a[-1],
    max(a, b), bool(Vec()), round(Vec(1.256, 2.5), 1), divmod(a, 2), pow(a, 2, 5), a ** 2, [10, 20, 30,
        40][a], complex(a), copy.copy(a), copy.deepcopy([a])[0] == a, pickle.loads(pickle.dumps(a)),
            {a: 1}[Vec(3, 4)], dir(a), 4 in a, list(reversed(a)), ~a, sorted([a, b]), hex(a))
a *= 3; print(a)
for bad in ("a + 1", "1 - a", "a < 5", "a @ 5", "a.z", "a.__dict__", "setattr(a, 'z', 1)", "a[5]", "a()",
    "del_(a)", "a @= b"):
    try: print(bad, eval(bad) if "=" not in bad or "==" in bad else exec(bad))
    except Exception as e: print(bad, type(e).__name__, e)
match a:
    case Vec(9, y=12 as q): print("matched", q)
def classify(v):
    match v:
        case Vec(0, 0): return "origin"
        case Vec(x, 0) | Vec(0, x): return f"axis {x}"
        case Vec(x, y) if x == y: return "diag"
        case [Vec(), *rest]: return f"list of {len(rest) + 1}"
        case {"v": Vec(x=x), **more}: return f"dict {x} {more}"
        case int() | float() as n if not isinstance(n, bool): return f"num {n}"
        case str(s) if s.isupper(): return "upper"
        case (1, (2, [x, *_])): return f"nested {x}"
        case None | True | False: return "const"
        case bytes(): return "bytes"
        case _: return type(v).__name__
print([classify(v) for v in (Vec(), Vec(0, 5), Vec(2, 2), [Vec(1, 1), 2], {"v": b, "k": 1}, 5, 2.5, True,
    "ABC", "abc", (1, (2, [3, 4])), [1, [2, (7,)]], None, b"", set(), a)])


class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, o, t=None): return self if o is None else getattr(o, self.name, None)
    def __set__(self, o, v):
        if not isinstance(v, self.kind): raise TypeError(
            f"{self.name[1:]} must be {self.kind.__name__}, not {type(v).__name__}")
        setattr(o, self.name, v)
class Temp:
    c = Typed(float); n = Typed(int)
    def __init__(self, c): self.c = c
    @property
    def f(self):
        """fahrenheit"""
        return self.c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
    @f.deleter
    def f(self): print("deleted")
    @functools.cached_property
    def slow(self): print("computing"); return self.c
    @singledispatchmethod
    def show(self, x): return f"obj {x}"
    @show.register
    def _(self, x: int): return f"int {x}"
    @show.register(list)
    @classmethod
    def _(cls, x): return f"list {len(x)} {cls.__name__}"
    def __getattr__(self, n):
        if n.startswith("dyn_"): return n[4:]
        raise AttributeError(f"no {n}", name=n, obj=self)
    def __getattribute__(self, n):
        if n == "secret": raise AttributeError("hidden")
        return super().__getattribute__(n)
t = Temp(100.0); t.f = 212; print(t.c, t.f, Temp.f.__doc__, t.slow, t.slow, t.show(1), t.show([1]),
    t.show("s"), t.dyn_x, getattr(t, "secret", "none")); del t.f
for bad in (lambda: Temp(5), lambda: t.nope, lambda: setattr(t, "n", "x"), lambda: delattr(t, "c"),
    lambda: t.secret):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self): ...
    @classmethod
    @abc.abstractmethod
    def unit(cls): ...
    @staticmethod
    @abc.abstractmethod
    def sides(): ...
    def __init_subclass__(cls, /, shape_name=None, **kw):
        super().__init_subclass__(**kw); cls.shape_name = shape_name or cls.__name__
    @classmethod
    def __subclasshook__(cls, c): return True if hasattr(c, "area_like") else NotImplemented
class Sq(Shape, shape_name="square"):
    def __init__(self, s): self.s = s
    area = property(lambda self: self.s ** 2)
    unit = classmethod(lambda cls: cls(1)); sides = staticmethod(lambda: 4)
class Duck: area_like = 1
for c in (Shape,):
    try: c()
    except TypeError as e: print(e)
print(Sq.unit().area, Sq.sides(), Sq.shape_name, isinstance(Duck(), Shape),
    Shape.__abstractmethods__ == {"area", "unit", "sides"}, Shape.register(int), issubclass(bool, Shape))
class A:
    def who(self): return ["A"]
class B(A):
    def who(self): return ["B"] + super().who()
class C(A):
    def who(self): return ["C"] + super().who()
class D(B, C):
    def who(self): return ["D"] + super().who()
print(D().who(), [k.__name__ for k in D.__mro__], super(B, D()).who(), D.__bases__, B.__subclasses__())
try: type("X", (A, B), {})
except TypeError as e: print(e)
cache = weakref.WeakValueDictionary(); k = Vec(1, 1); cache["k"] = k; r = weakref.ref(k,
    lambda r: print("died")); p = weakref.proxy(k); print(p.x, len(cache),
        r() is k); del k; gc.collect(); print(len(cache), r())
try: p.x
except ReferenceError as e: print(e)
f = weakref.finalize(Duck(), print, "finalized"); print(f.alive)
ws = weakref.WeakSet([D]); wk = weakref.WeakKeyDictionary({D: 1}); wm = weakref.WeakMethod(
    t.show.__func__ if hasattr(t.show, "__func__") else D().who); print(len(ws), wk[D], wm())
class Node:
    def __init__(self, v, *kids): self.v, self.kids, self.parent = v, list(kids), None; [setattr(k,
        "parent", self) for k in kids]
    def __getstate__(self): s = self.__dict__.copy(); s["v"] = s["v"] * 2; return s
    def __setstate__(self, s): self.__dict__.update(s); self.restored = True
    @reprlib.recursive_repr()
    def __repr__(self): return f"N({self.v}, {self.parent})"
n = Node(1, Node(2), Node(3)); m = pickle.loads(pickle.dumps(n)); print(m.v, [x.v for x in m.kids],
    m.kids[0].parent is m, m.restored, n, copy.deepcopy(n).kids[1].parent.v)
class Cnt:
    n = 0
    def __new__(cls, *a): cls.n += 1; return super().__new__(cls)
    def __del__(self): Cnt.n -= 1
x = [Cnt() for _ in range(3)]; print(Cnt.n); del x; print(Cnt.n)
def deco(fn=None, *, times=1):
    if fn is None: return partial(deco, times=times)
    @wraps(fn)
    def w(*a, **k): return [fn(*a, **k) for _ in range(times)]
    return w
@deco(times=2)
def hi(n): "doc hi"; return n
print(hi(1), hi.__name__, hi.__doc__, hi.__wrapped__(2), deco(lambda: 3)())
@lru_cache(maxsize=2)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), fib.cache_info(), fib.cache_parameters(), fib.cache_clear(), sorted([3, 1, 2],
    key=cmp_to_key(lambda a, b: b - a)))
class Meta2(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
    def __getattr__(cls, n): return f"meta {n}"
    def __iter__(cls): return iter([1, 2])
    def __len__(cls): return 7
    def __repr__(cls): return "<M2>"
    def __add__(cls, o): return "added"
class M2(metaclass=Meta2): pass
print(isinstance(5, M2), issubclass(int, M2), M2.foo, list(M2), len(M2), M2, M2 + 1, types.new_class("Q",
    (M2,)).bar)
