# Finalizers that touch the rest of the garbage.
import gc
gc.collect(); gc.disable()
class N:
    def __init__(self, name): self.name, self.links = name, []
    def __del__(self): log.append((self.name, sorted(l.name for l in self.links)))
log = []
a, b, c = N("a"), N("b"), N("c"); a.links += [b, c]; b.links += [a]; c.links += [a, b]; del a, b, c
gc.collect(); print(sorted(log)); log.clear()
class Kill(N):
    def __del__(self): super().__del__(); [l.links.clear() for l in self.links]
a, b = Kill("ka"), Kill("kb"); a.links.append(b); b.links.append(a); del a, b; gc.collect(); print(len(log)); log.clear()
class Coll(N):
    def __del__(self): log.append(gc.collect()); 
x = Coll("x"); x.links.append(x); del x; gc.collect(); print(len(log)); log.clear()
class Grow:
    def __del__(self): global kept; kept = [Grow.__name__ for _ in range(1000)]
g = Grow(); g.g = g; del g; gc.collect(); print(len(kept))
class Raise:
    def __del__(self): raise ValueError("in gc")
import sys
sys.unraisablehook = lambda u: print("ignored", u.exc_value)
r = Raise(); r.r = r; s = Raise(); s.r = s; del r, s; print(gc.collect() > 0, gc.garbage)
gc.enable()
