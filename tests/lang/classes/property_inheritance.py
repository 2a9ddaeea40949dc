# Properties overridden, extended and partially replaced.
class A:
    def __init__(self): self._x = 1
    @property
    def x(self): "x of A"; return self._x
    @x.setter
    def x(self, v): self._x = v
class B(A):
    @property
    def x(self): return "B" + str(super().x)
class C(A):
    @A.x.getter
    def x(self): return self._x * 10
class D(A):
    @A.x.setter
    def x(self, v): A.x.fset(self, v + 100)
    @x.deleter
    def x(self): print("deleted"); self._x = 0
class E(A): x = 5
for k in (A, B, C, D, E):
    o = k(); print(k.__name__, o.x, end=" ")
    try: o.x = 2; print(o.x, o._x, end=" ")
    except AttributeError as e: print(e, end=" ")
    try: del o.x; print("deleted", end=" ")
    except AttributeError as e: print(e, end=" ")
    print()
print(A.x.__doc__, C.x.__doc__, B.x.__doc__, A.x is C.x, D.x.fget is A.x.fget, isinstance(D.x, property), super(B, B()).x, A.x.fget(B()), A.x.__get__(C()))
class F:
    @property
    def bad(self): raise AttributeError("hidden inside")
    def __getattr__(self, n): return f"fallback {n}"
class G:
    @property
    def bad(self): return self.nope
print(F().bad, hasattr(G(), "bad"), getattr(G(), "bad", "default"))
class H:
    v = property(lambda self: self.get()); w = property(lambda self: self._w, lambda self, v: setattr(self, "_w", v))
    def get(self): return "H"
class I(H):
    def get(self): return "I"
i = I(); i.w = 3; print(i.v, i.w, vars(i))
