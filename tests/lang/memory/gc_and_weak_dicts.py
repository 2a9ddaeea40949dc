# Weak dictionaries whose contents are in cycles.
import gc, weakref
gc.collect(); gc.disable()
class N: pass
v, k, s = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()
for i in range(20): n = N(); n.me = n; n.i = i; v[i] = n; k[n] = i; s.add(n)
del n; print(len(v), len(k), len(s), sum(k.values())); gc.collect(); print(len(v), len(k), len(s))
a = N(); k[a] = a if 0 else [a]; ra = weakref.ref(a); del a; gc.collect(); print(ra() is not None, len(k)); k.clear(); print(ra())
for i in range(10): n = N(); n.me = n; v[i] = n
seen = []
for key in v: seen.append(key); gc.collect() if key == 3 else None
del n; gc.collect(); print(seen[:4], len(v)); gc.enable()
