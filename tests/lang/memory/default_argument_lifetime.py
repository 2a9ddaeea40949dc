# Defaults live as long as their function.
import weakref
class M: pass
def outer():
    m = M(); r = weakref.ref(m)
    def f(a=m): return a
    del m
    return f, r
f, r = outer(); print(r() is not None, f() is r()); g = f; del f; print(r() is not None); g.__defaults__ = (None,); print(r(), g())
def kw():
    m = M(); r = weakref.ref(m)
    def f(*, a=m): pass
    del m; return f, r
f, r = kw(); print(r() is not None); f.__kwdefaults__.clear(); print(r())
class C:
    def m(self, x=M()): return x
w = weakref.ref(C().m()); print(w() is not None); del C; import gc; gc.collect(); print(w())
l = [lambda x=M(): x for _ in range(2)]; ws = [weakref.ref(h()) for h in l]; print([w() is not None for w in ws]); l.pop(); print([w() is not None for w in ws])
