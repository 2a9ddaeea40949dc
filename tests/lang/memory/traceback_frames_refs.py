# Frames of tracebacks own their locals until cleared.
import weakref, traceback, sys
class M: pass
def f(depth, watch):
    m = M(); watch.append(weakref.ref(m))
    if depth: f(depth - 1, watch)
    else: raise ValueError
w = []
try: f(3, w)
except ValueError as e: saved = e
print([r() is not None for r in w]); tb = saved.__traceback__; n = 0
while tb: n += 1; tb = tb.tb_next
print(n); saved.__traceback__ = saved.__traceback__.tb_next.tb_next; print([r() is not None for r in w]); traceback.clear_frames(saved.__traceback__); print([r() is not None for r in w])
w.clear()
try: f(2, w)
except ValueError as e: s = e.with_traceback(None)
print([r() is not None for r in w]); del s; print([r() is not None for r in w])
def g(watch):
    m = M(); watch.append(weakref.ref(m))
    return sys._getframe()
w.clear(); fr = g(w); print(w[0]() is not None, "m" in fr.f_locals); fr.clear(); print(w[0]() is None); 
def h(watch):
    m = M(); watch.append(weakref.ref(m))
    try: raise KeyError
    except KeyError: return sys.exc_info()[1]
w.clear(); e = h(w); print(w[0]() is not None); e = None; print(w[0]())
