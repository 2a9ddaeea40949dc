# __slots__: storage, inheritance, conflicts, errors.
class P:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
p = P(1)
for st in ("p.y", "p.z", "p.z = 1", "del p.y", "p.__dict__", "vars(p)", "p.__weakref__", "import weakref; weakref.ref(p)", "P.x.__get__(5)", "P.x.__set__(5, 1)", "object.__setattr__(p, 'q', 1)", "p.__slots__ = 5"):
    try: exec(st); print(st, "ok")
    except Exception as e: print(st, "->", type(e).__name__, e)
p.y = 2
del p.x
try: p.x
except AttributeError as e: print(e)
class Q(P): pass
q = Q(1)
q.z = 5
class R(P): __slots__ = ("z",)
r = R(1)
r.z = 3
class D: __slots__ = ("a", "__dict__")
d = D()
d.a = 1
d.b = 2
class W: __slots__ = ("__weakref__",)
import weakref
w = W()
class S: __slots__ = "single"
s = S()
s.single = 1
class M: __slots__ = {"doc": "the doc string", "b": None}
class Priv:
    __slots__ = ("__hidden",)
    def __init__(self): self.__hidden = 5
    def get(self): return self.__hidden
for src in (
    "class B1: __slots__ = ()\nclass B2: __slots__ = ('v',)\nclass A(B1, B2): __slots__ = ('w',)",
    "class A(P): __slots__ = ('__weakref__',)",
    "class B(P): pass\nclass A(B): __slots__ = ('__dict__',)",
    "class A: __slots__ = ['a', b'b']",
    "class A: __slots__ = ('a b',)",
    "class A: __slots__ = ('',)",
    "class A(Exception): __slots__ = ('x',)",
    "class A: __slots__ = iter(['p', 'q'])",
    "class A: __slots__ = ('__class__',)",
    "class A(bytes): __slots__ = ('z',)",
    "class A(type): __slots__ = ('z',)",
    "class A: __slots__ = (n for n in 'ab')",
):
    try: exec(src); print(repr(src), "ok")
    except Exception as e: print(repr(src), "->", type(e).__name__, e)
class E1: __slots__ = ("a",)
class E2: __slots__ = ("a",)
class E3: __slots__ = ("b",)
e = E1()
e.a = 5
e.__class__ = E2
print(type(e).__name__, e.a)
for k in (E3, P, object, int):
    try: e.__class__ = k
    except TypeError as x: print(x)
class Cnt:
    __slots__ = ("n",)
    def __init__(self): self.n = 0
    def inc(self): self.n += 1; return self
print(Cnt().inc().inc().n, Cnt.n.__get__(Cnt().inc()), Cnt.n.__name__, Cnt.n.__objclass__.__name__)
import copy
c = copy.copy(Cnt().inc())
print(c.n, copy.deepcopy(c).n)
