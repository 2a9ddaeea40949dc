# What gc.collect returns.
import gc
gc.collect()
class A: pass
def cycle(n):
    first = prev = A()
    for _ in range(n - 1):
        cur = A(); prev.next = cur; prev = cur
    prev.next = first
gc.disable()
print(gc.collect())
l = []; l.append(l); del l; print(gc.collect())
d = {}; d["d"] = d; del d; print(gc.collect())
a, b = [], []; a.append(b); b.append(a); del a, b; print(gc.collect())
t = ([],); t[0].append(t); del t; print(gc.collect())
def f(): pass
f.self = f; del f; print(gc.collect() > 0)
cycle(1); print(gc.collect() > 0)
for g in (0, 1, 2): print(gc.collect(g))
for bad in (-1, 3, "a", 1.5, None):
    try: print(gc.collect(bad))
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(gc.collect(generation=1), gc.isenabled()); gc.enable(); print(gc.isenabled())
