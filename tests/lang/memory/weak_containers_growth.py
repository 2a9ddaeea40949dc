# Weak dictionaries and sets while their contents come and go.
import weakref, gc
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 7
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
keys = [K(i) for i in range(100)]; d = weakref.WeakKeyDictionary((k, k.n) for k in keys); print(len(d), d[K(5)], K(500) in d); del keys[::2]; gc.collect(); print(len(d), sum(d.values())); d[K(1000)] = 1; print(len(d)); keys.clear(); print(len(d))
vals = {i: K(i) for i in range(50)}; w = weakref.WeakValueDictionary(vals); print(len(w), w[7].n); [vals.pop(i) for i in range(0, 50, 5)]; print(len(w), sorted(w)[:5]); w.update({99: vals[1]}); print(w[99] is w[1]); w.clear(); print(len(w), len(vals))
s = weakref.WeakSet(); ks = [K(i) for i in range(20)]; [s.add(k) for k in ks]; [s.add(k) for k in ks]; print(len(s), K(3) in s); ks = ks[:5]; print(len(s), sorted(k.n for k in s)); s -= {ks[0]}; s |= {ks[0]}; s &= set(ks[:3]); print(len(s)); t = s.copy(); ks.clear(); print(len(s), len(t), s == t)
class Reg:
    all = weakref.WeakSet()
    def __init__(self): Reg.all.add(self)
a, b = Reg(), Reg(); print(len(Reg.all)); del a; print(len(Reg.all)); b = Reg(); print(len(Reg.all))
