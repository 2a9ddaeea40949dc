# Slots through inheritance, with and without __dict__ and __weakref__.
class A: __slots__ = ("a",)
class B(A): __slots__ = ("b",)
class C(B): pass
class D(B): __slots__ = ("__dict__",)
class E(A): __slots__ = ()
class F: pass
class G(F): __slots__ = ("g",)
def probe(k, *names):
    o = k(); out = []
    for n in names:
        try: setattr(o, n, n.upper()); out.append(getattr(o, n))
        except AttributeError as e: out.append(str(e))
    return out, hasattr(o, "__dict__"), sorted(getattr(o, "__dict__", {}))
for k in (A, B, C, D, E, F, G): print(k.__name__, probe(k, "a", "b", "g", "other"))
b = B(); b.a = 1; b.b = 2
print(A.a.__get__(b), B.b.__get__(b), A.a.__get__(b) is b.a); del b.a
try: b.a
except AttributeError as e: print(e)
try: A.a.__get__(F())
except TypeError as e: print(e)
class Shadow(A): __slots__ = ("a",)
s = Shadow(); s.a = "own"; print(s.a, hasattr(A.a, "__get__"), Shadow.a is A.a)
try: A.a.__get__(s)
except AttributeError as e: print("base slot is empty:", e)
class M: __slots__ = ("m",)
for bases in ((A, M), (A, F), (F, A), (B, E), (A, dict), (M, list)):
    try: print(type("X", bases, {"__slots__": ()}).__mro__[1].__name__)
    except TypeError as e: print(e)
class Def:
    __slots__ = ("x", "y")
    def __init__(self, x=0, y=None): self.x = x; self.y = y
    def __eq__(self, o): return all(getattr(self, n) == getattr(o, n) for n in self.__slots__)
    def __repr__(self): return f"Def({', '.join(f'{n}={getattr(self, n)!r}' for n in self.__slots__)})"
print(Def(1), Def(1) == Def(1), [Def(i) for i in range(2)], Def.__slots__, Def.x.__name__); import copy; print(copy.copy(Def(5, [1])), copy.deepcopy(Def(5, [1])) == Def(5, [1]))
