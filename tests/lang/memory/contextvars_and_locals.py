# Values of context variables and locals() copies.
import contextvars, weakref, gc, sys
class M: pass
v = contextvars.ContextVar("v"); m = M(); r = weakref.ref(m); t = v.set(m); del m; print(r() is v.get()); v.reset(t); del t; print(r())
c = contextvars.copy_context(); m = M(); r = weakref.ref(m); c.run(v.set, m); del m; print(r() is not None); del c; gc.collect(); print(r())
def f():
    m = M(); d = locals(); r = weakref.ref(m); del m; return r() is not None, d
a, d = f(); print(a, sorted(d)); r = weakref.ref(d["m"]); del d; print(r())
def g():
    m = M(); r = weakref.ref(m); locals(); del m; return r()
print(g() is None)
def h():
    m = M(); r = weakref.ref(m); sys._getframe().f_locals; del m; return r
print(h()() is None); def_ = [M() for _ in range(2)]; rs = [weakref.ref(x) for x in def_]; x = None; ns = dict(zip("ab", def_)); del def_; print([r() is not None for r in rs]); ns.clear(); print([r() for r in rs])
