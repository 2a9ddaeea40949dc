# Methods added, replaced, deleted and copied between classes.
class A:
    def hi(self): return f"hi {self.n}"
    def __init__(self, n): self.n = n
def added(self, x=1): return self.n, x
A.added = added; A.lam = lambda self: self.n * 2; A.st = staticmethod(lambda: "static"); A.cl = classmethod(lambda c: c.__name__); A.pr = property(lambda self: f"prop {self.n}")
a = A(5); print(a.added(2), a.lam(), a.st(), A.st(), a.cl(), a.pr, a.hi())
class B: n = "B"; hi = A.hi; added = A.added
print(B().hi(), B().added(9), B.hi is A.hi)
for name in ("one", "two"):
    def m(self, name=name): return f"{name} {self.n}"
    setattr(A, name, m)
print(a.one(), a.two(), A.one.__name__); old = A.hi
def wrapped(self): return "<" + old(self) + ">"
A.hi = wrapped; print(a.hi(), B().hi()); del A.hi
try: a.hi()
except AttributeError as e: print(e)
A.__call__ = lambda self, x: x + 1; print(a(1)); A.__len__ = lambda self: 7; print(len(a)); a.__len__ = lambda: 9; print(len(a), a.__len__()); del A.__len__
try: len(a)
except TypeError as e: print(e)
A.__getattr__ = lambda self, k: f"missing {k}"; print(a.zzz); A.__eq__ = lambda self, o: "eq"; print(a == 1, a != 1); A.__hash__ = lambda self: 5; print(hash(a), {a: 1}[a]); A.__iter__ = lambda self: iter("it"); print(list(a)); A.__contains__ = lambda self, x: x == 1; print(1 in a, 2 in a); A.__add__ = lambda s, o: ("add", o); print(a + 1); A.__repr__ = lambda s: "A!"; print(a, [a]); A.__bool__ = lambda s: False; print(bool(a)); A.__getitem__ = lambda s, i: i; print(a[5])
import types
a.bound = types.MethodType(lambda self: self.n, a); print(a.bound()); A.new_init = A.__init__; A.__init__ = lambda self: A.new_init(self, "default"); print(A().n); A.__new__ = lambda cls, *x: "not an A"; print(A())
