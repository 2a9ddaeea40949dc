# __slots__: storage, inheritance, conflicts, errors.
class P:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), P.__slots__, type(P.x).__name__, repr(P.x))
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
print(q.x, q.z, vars(q))
class R(P): __slots__ = ("z",)
r = R(1)
r.z = 3
print(r.x, r.z, hasattr(r, "__dict__"))
class D: __slots__ = ("a", "__dict__")
d = D()
d.a = 1
d.b = 2
print(vars(d), d.a)
class W: __slots__ = ("__weakref__",)
import weakref
w = W()
print(weakref.ref(w)() is w, hasattr(w, "__dict__"))
class S: __slots__ = "single"
s = S()
s.single = 1
print(s.single)
class M: __slots__ = {"doc": "the doc string", "b": None}
print(M.__slots__, M.doc.__doc__)
class Priv:
    __slots__ = ("__hidden",)
    def __init__(self): self.__hidden = 5
    def get(self): return self.__hidden
print(Priv().get(), [n for n in dir(Priv) if "hidden" in n])
for src in (
    "class A: __slots__ = ('x',); x = 1",
    "class A: __slots__ = ('1a',)",
    "class A: __slots__ = (5,)",
    "class A: __slots__ = 5",
    "class A: __slots__ = ('x', 'x'); pass",
    "class A(int): __slots__ = ('x',)",
    "class A(int): __slots__ = ()",
    "class A(str): __slots__ = ('x',)",
    "class A(tuple): __slots__ = ('x',)",
    "class A: __slots__ = ('__dict__', '__dict__')",
    "class A(list): __slots__ = ('x',)",
    "class A(P, W): __slots__ = ()",
    "class B1: __slots__ = ('u',)\nclass B2: __slots__ = ('v',)\nclass A(B1, B2): pass",
):
    try: exec(src); print(repr(src), "ok")
    except Exception as e: print(repr(src), "->", type(e).__name__, e)
