# Many objects saved by their finalizers, again and again.
import gc
pool = []
class R:
    made = 0
    def __init__(self): R.made += 1; self.lives = 0
    def __del__(self): self.lives += 1; pool.append(self)
for _ in range(5): R()
print(len(pool), [r.lives for r in pool])
again = pool[:]; pool.clear(); del again; gc.collect(); print(len(pool))
a, b = R(), R(); a.b, b.a = b, a; del a, b; gc.collect(); print(len(pool), all(hasattr(r, "b") or hasattr(r, "a") for r in pool))
x = pool.pop(); pool.clear(); print(x.lives, gc.is_finalized(x)); del x; print(gc.collect() > 0, len(pool))
class Phoenix:
    def __del__(self):
        global bird
        bird = Phoenix()
bird = None; p = Phoenix(); del p; print(type(bird).__name__); Phoenix.__del__ = lambda self: None; bird = None; print(bird)
