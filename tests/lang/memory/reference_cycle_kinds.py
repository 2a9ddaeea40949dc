# Self reference, mutual, parent and child, through a method.
import gc, weakref
gc.collect(); gc.disable()
class N:
    def __init__(self, name): self.name = name
    def cb(self): return self.name
def self_ref(): n = N("self"); n.me = n; return weakref.ref(n)
def mutual(): a, b = N("a"), N("b"); a.o, b.o = b, a; return weakref.ref(a)
def family(): p = N("p"); p.kids = [N(str(i)) for i in range(3)]; [setattr(k, "p", p) for k in p.kids]; return weakref.ref(p)
def method(): n = N("m"); n.f = n.cb; return weakref.ref(n)
def lam(): n = N("l"); n.f = lambda: n.name; return weakref.ref(n)
def lst(): n = N("list"); n.l = [n, [n, {"n": n}]]; return weakref.ref(n)
def klass():
    class K(N): pass
    k = K("k"); K.inst = k; return weakref.ref(k)
def none(): n = N("n"); m = N("m"); n.m = m; return weakref.ref(n)
def weak(): p = N("p"); c = N("c"); p.c = c; c.p = weakref.ref(p); return weakref.ref(p)
for f in (self_ref, mutual, family, method, lam, lst, klass, none, weak): r = f(); before = r() is not None; gc.collect(); print(f.__name__, before, r())
gc.enable()
