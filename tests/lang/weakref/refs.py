# weakref.ref, proxy, callbacks.
import weakref, gc
class A:
    def __init__(self, n=0): self.n = n
    def __repr__(self): return f"A({self.n})"
    def m(self): return self.n
    def __len__(self): return 5
    def __getitem__(self, k): return k
    def __add__(self, o): return "add"
    def __call__(self): return "called"
    def __iter__(self): return iter("it")
    def __bool__(self): return False
    def __contains__(self, x): return True
    def __str__(self): return "strA"
a = A(1); r = weakref.ref(a, lambda ref: print("callback", ref is r, ref())); print(r() is a, weakref.getweakrefcount(a), weakref.getweakrefs(a)[0] is r, repr(r).startswith("<weakref at 0x"), "to 'A'" in repr(r), r == weakref.ref(a), hash(r) == hash(a), type(r).__name__, weakref.ref(a) is weakref.ref(a), r.__callback__ is not None)
del a; print(r(), "dead" in repr(r), r.__callback__)
b = A(2); r1, r2 = weakref.ref(b), weakref.ref(b); print(r1 is r2, r1 == r2); h = hash(r1); b = None; print(r1(), hash(r1) == h, r1 == r2, r1 == weakref.ref(A()))
c = weakref.ref(A(3)); print(c())
try: hash(c)
except TypeError as e: print(e)
d = A(4); p = weakref.proxy(d, lambda x: print("proxy callback")); print(p.n, p.m(), len(p), p[5], p + 1, str(p), bool(p), list(p), 9 in p, type(p).__name__, p.__class__ is A, isinstance(p, A), callable(p)); p.n = 9; print(d.n); del p.n; print(hasattr(d, "n"))
cp = weakref.proxy(d); print(type(cp).__name__, cp())
del d
for f in (lambda: p.n, lambda: str(p), lambda: len(p), lambda: p + 1, lambda: p()):
    try: f()
    except ReferenceError as e: print(e)
for o in (1, "a", None, (1,), [], {}, object(), 1.5, int(5), b"x", range(3), slice(1)):
    try: weakref.ref(o); print(type(o).__name__, "ok")
    except TypeError as e: print(e)
for o in (A, len, lambda: 0, set(), frozenset(), type, weakref, (x for x in []), a if 0 else A().m, Exception, A.m, property(), iter, re if 0 else {1}.__class__, ValueError()):
    try: weakref.ref(o); print(type(o).__name__, "ok")
    except TypeError as e: print(e)
order = []; e = A(5); rs = [weakref.ref(e, lambda r, i=i: order.append(i)) for i in range(4)]; del rs[1]; e = None; print(order)
class L(list): pass
class D(dict): pass
print(weakref.ref(L())(), weakref.ref(x := D(k=1))() is x)
f = A(6)
def boom(r): raise ValueError("in callback")
import sys; sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value)
rb = weakref.ref(f, boom); f = None; print("continued", rb())
class R(weakref.ref):
    def __init__(self, o, cb=None, extra=None): super().__init__(o, cb); self.extra = extra
    def __new__(cls, o, cb=None, extra=None): return super().__new__(cls, o, cb)
    def __call__(self): return ("sub", super().__call__())
g = A(7); rr = R(g, None, "x"); print(rr(), rr.extra, rr == weakref.ref(g), rr is not R(g))
for s in ("weakref.ref()", "weakref.ref(g, 5)", "weakref.ref(g, None, 1)", "weakref.proxy(5)", "weakref.ref(g)(1)", "hash(weakref.proxy(g))", "weakref.getweakrefcount(5)", "weakref.getweakrefs(5)", "weakref.ref(g) < weakref.ref(g)", "weakref.ref(g).x", "weakref.ref[int]", "weakref.proxy(weakref.proxy(g)) is weakref.proxy(g)"):
    try: print(s, eval(s) if "<" not in repr(eval(s)) else "object")
    except Exception as x: print(s, "->", type(x).__name__, x)
cyc = A(8); cyc.self = cyc; rc = weakref.ref(cyc, lambda r: print("cycle callback")); del cyc; print(rc() is not None); gc.collect(); print(rc())
