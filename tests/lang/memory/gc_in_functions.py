# Cycles through closures, methods, frames, generators and classes.
import gc, weakref, sys
gc.collect(); gc.disable()
class M: pass
def watch():
    m = M(); return m, weakref.ref(m)
def closure():
    m, r = watch()
    def f(): return f, m
    return r
def frame():
    m, r = watch()
    fr = sys._getframe()
    return r
def method():
    m, r = watch(); m.f = lambda: m; return r
def gen():
    m, r = watch()
    def g(): yield gg, m
    gg = g(); next(gg); return r
def exc():
    m, r = watch()
    try: raise ValueError
    except ValueError as e: saved = e
    return r
def bound():
    m, r = watch()
    class A:
        def f(self): pass
    a = A(); a.me = a.f; a.m = m; return r
def klass():
    m, r = watch()
    class K: me = m
    K.K = K; return r
def default():
    m, r = watch()
    def f(x=m): pass
    f.__defaults__ = (m, f); return r
def partial():
    import functools
    m, r = watch(); l = []; l.append(functools.partial(print, m, l)); return r
def prop():
    m, r = watch(); p = property(lambda s: (p, m)); return r
for f in (closure, frame, method, gen, exc, bound, klass, default, partial, prop):
    r = f(); before = r() is not None; gc.collect(); print(f.__name__, before, r())
gc.enable()
