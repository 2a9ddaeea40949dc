# super with and without arguments, in all places.
class A:
    def __init__(self, **kw): print("A", kw)
    def m(self): return "A.m"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    x = "A.x"
class B(A):
    def __init__(self, b=1, **kw): print("B", b); super().__init__(**kw)
    def m(self): return "B.m>" + super().m()
    @classmethod
    def c(cls): return "B.c>" + super().c()
    @property
    def p(self): return "B.p>" + super().p
    def attr(self): return super().x
    def nested(self): return (lambda: super(B, self).m())()
    def comp(self): return [super(B, self).m() for _ in range(1)]
    def bound(self): return super().m
    def missing(self): return super().nope
class C(A):
    def __init__(self, c=2, **kw): print("C", c); super().__init__(**kw)
    def m(self): return "C.m>" + super().m()
class D(B, C):
    def __init__(self, **kw): super().__init__(**kw)
    def m(self): return "D.m>" + super().m()
d = D(b=5, c=6, d=7)
print(d.m(), D.c(), d.p, d.attr(), d.nested(), d.comp(), d.bound()())
print(super(B, d).m(), super(C, d).m(), super(D, D).c())
try:
    d.missing()
except AttributeError as e:
    print(e)
s = super(B, d)
print(s.__thisclass__.__name__, s.__self__ is d, s.__self_class__.__name__, repr(super(B, d)).split(" object")[0])
for bad in ("super()", "super(B, A())", "super(5)", "super(B, 5)", "super(B, d, 1)", "super(B).m", "super(B, C())"):
    try:
        eval(bad)
    except (TypeError, RuntimeError, AttributeError) as e:
        print(bad, "->", type(e).__name__, e)
class E(B):
    def m(self):
        def inner(): return super(E, self).m()
        return inner()
    def noself(): super()
    def cell(self): return __class__.__name__
print(E().m(), E().cell())
try:
    E.noself()
except RuntimeError as e:
    print(e)
unbound = super(B)
print(unbound.__get__(d, D).m())
class F(list):
    def append(self, v): super().append(v * 2)
    def __getitem__(self, i): return "got %r" % super().__getitem__(i)
    def __setitem__(self, i, v): super().__setitem__(i, v + 1)
f = F([1]); f.append(3); f[0] = 10
print(list(f), f[0], f[-1], len(f))
