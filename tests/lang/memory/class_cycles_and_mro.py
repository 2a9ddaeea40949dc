# Classes keep their bases; bases know their subclasses weakly.
import gc, weakref
gc.collect()
class Base: pass
def make():
    class A(Base): x = [1]
    class B(A): pass
    class C(A): pass
    class D(B, C): pass
    return D, [weakref.ref(k) for k in (A, B, C, D)]
D, rs = make(); gc.collect(); print([r() is not None for r in rs], [k.__name__ for k in Base.__subclasses__()]); d = D(); del D; gc.collect(); print(type(d).__name__, [r() is not None for r in rs]); del d; gc.collect(); print([r() for r in rs], Base.__subclasses__())
class Meta(type):
    reg = weakref.WeakSet()
    def __init__(c, *a): super().__init__(*a); Meta.reg.add(c)
K = Meta("K", (), {}); L = Meta("L", (K,), {}); print(sorted(c.__name__ for c in Meta.reg)); del K, L; gc.collect(); print(len(Meta.reg)); X = type("X", (), {"m": lambda self: X}); r = weakref.ref(X); x = X(); f = x.m; del X, x; gc.collect(); print(r() is not None); del f; gc.collect(); print(r())
class P:
    @property
    def p(self): return 1
    def __init_subclass__(cls): cls.sub = True
Q = type("Q", (P,), {}); r = weakref.ref(Q); Q.q = Q; Q.p2 = property(lambda s: Q); del Q; gc.collect(); print(r())
