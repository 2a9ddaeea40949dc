# With the collector off, cycles stay until asked.
import gc, weakref
gc.collect(); gc.disable()
class N: pass
refs = []
for _ in range(100):
    n = N(); n.n = n; refs.append(weakref.ref(n))
del n
print(sum(r() is not None for r in refs), gc.isenabled())
print(gc.collect() >= 100, sum(r() is not None for r in refs))
for _ in range(2000): l = []; l.append(l)
print(gc.get_count()[0] > 1000); l = None; print(gc.collect() >= 1999); gc.enable(); print(gc.isenabled())
with_ref = N(); with_ref.child = N(); with_ref.child.parent = weakref.ref(with_ref); r = weakref.ref(with_ref); gc.disable(); del with_ref; print(r()); gc.enable()
