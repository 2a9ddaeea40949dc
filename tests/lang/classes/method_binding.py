# Methods taken from classes, instances, and assigned.
class A:
    def __init__(self, n): self.n = n
    def m(self, x=0): return self.n + x
    def other(self): return "other"
a, b = A(1), A(2)
f = a.m; print(f(), f(5), f.__self__ is a, f.__func__ is A.m, a.m == a.m, a.m == b.m, hash(a.m) == hash(a.m), A.m(b, 3))
b.m = lambda: "replaced"; print(b.m(), A.m(b)); del b.m; print(b.m())
A.m2 = lambda self: self.n * 10; print(a.m2(), b.m2())
import types
a.bound = types.MethodType(lambda self, y: (self.n, y), a); print(a.bound(7))
print(list(map(a.m, [1, 2])), sorted([b, a], key=A.m)[0] is a, {a.m: "k"}[a.m], a.m in [a.m])
class B(A):
    def m(self, x=0): return "B" + str(super().m(x))
    alias = A.other
    inherited = A.m
b2 = B(5); print(b2.m(1), b2.alias(), b2.inherited(2), B.m(b2), A.m(b2), super(B, b2).m())
try: A.m()
except TypeError as e: print(e)
try: A.m(5)
except AttributeError as e: print(e)
try: a.m.n = 1
except AttributeError as e: print(e)
print(repr(a.m).split(" of ")[0], a.m.__name__, a.m.__doc__, callable(a.m))
