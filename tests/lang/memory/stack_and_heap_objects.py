# What frames hold: locals, cells, temporaries; and generators' frames.
import sys
def f(a, b=2):
    c = a + b
    fr = sys._getframe()
    return sorted(k for k in fr.f_locals if k != "fr"), fr.f_locals["c"], fr.f_code.co_nlocals, fr.f_back.f_code.co_name
print(f(1))
def g():
    x = 1
    yield sorted(sys._getframe().f_locals)
    y = 2
    yield sorted(sys._getframe().f_locals)
it = g(); print(next(it), it.gi_frame.f_locals, next(it), it.gi_frame.f_locals); list(it); print(it.gi_frame)
def rec(n): return [sys._getframe().f_locals["n"]] + (rec(n - 1) if n else [])
print(rec(4)); fr = (lambda: sys._getframe())(); print(fr.f_code.co_name, fr.f_back is None or True, fr.f_locals); fr.clear(); print(fr.f_locals)
def cells():
    v = [1]
    def inner(): return v
    return sys._getframe().f_locals.keys() >= {"v", "inner"}, inner.__closure__[0].cell_contents is v
print(cells())
