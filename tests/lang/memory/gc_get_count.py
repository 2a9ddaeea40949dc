# Allocations and releases of containers move the young counter.
import gc
gc.collect(); gc.disable()
def delta(f):
    a = gc.get_count()[0]; r = f(); b = gc.get_count()[0]; return b - a, r
n, r = delta(lambda: [[] for _ in range(50)]); print(n >= 50); n, _ = delta(lambda: r.clear()); print(n <= -40)
n, _ = delta(lambda: [i * 1.5 for i in range(100)]); print(n < 20); n, r = delta(lambda: [{"k": []} for _ in range(20)]); print(n >= 20); del r
n, _ = delta(lambda: [[] for _ in range(1000)] and None); print(abs(n) < 20); print(gc.get_count()[1:], len(gc.get_count())); gc.collect(0); print(gc.get_count()[0] < 20, gc.get_count()[1]); gc.enable()
