# Cycles through every container type.
import gc, weakref
from collections import deque, OrderedDict, defaultdict
gc.collect(); gc.disable()
class W: pass
def check(name, make):
    w = W(); r = weakref.ref(w); make(w); del w
    alive = r() is not None; gc.collect(); print(name, alive, r())
def lst(w): l = [w]; l.append(l)
def tup(w): l = []; t = (w, l); l.append(t)
def dct(w): d = {"w": w}; d["d"] = d
def key(w): d = {}; w.d = d; d[w] = 1
def st(w): w.s = {w}
def frz(w): w.f = frozenset([w])
def deq(w): d = deque([w]); d.append(d)
def od(w): o = OrderedDict(w=w); o["o"] = o
def dd(w): d = defaultdict(lambda: (d, w)); d["k"]
def inst(w): w.me = w
def slots(w):
    class S: __slots__ = "s", "w"
    s = S(); s.s, s.w = s, w
def it(w): l = [w]; i = iter(l); next(i); l.append(i)
def mp(w): l = [w]; l.append(map(lambda x: l, l))
def zp(w): l = [w]; l.append(zip(l))
def en(w): l = [w]; l.append(enumerate(l))
def rv(w): l = [w]; l.append(reversed(l))
def sl(w): l = [w]; l.append(slice(l))
def mpx(w):
    import types; d = {"w": w}; d["m"] = types.MappingProxyType(d)
def sub(w):
    class L(list): pass
    l = L([w]); l.me = l
def exc(w): e = ValueError(w); e.__context__ = KeyError(e); e.__cause__ = e.__context__
def nest(w): a = {"l": [({w},)]}; a["l"].append((a,))
for f in (lst, tup, dct, key, st, frz, deq, od, dd, inst, slots, it, mp, zp, en, rv, sl, mpx, sub, exc, nest): check(f.__name__, f)
gc.enable()
