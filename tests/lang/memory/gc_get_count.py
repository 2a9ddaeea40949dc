# Allocations and releases of containers move the young counter.
import gc
gc.collect(); gc.disable()
def grown(f):
    before = gc.get_count()[0]; kept = f(); return gc.get_count()[0] - before, kept
n, kept = grown(lambda: [[i] for i in range(2000)]); print(n >= 1500)
n, _ = grown(kept.clear); print(n <= -1000)
n, kept = grown(lambda: [{"k": [i]} for i in range(2000)]); print(n >= 1500); del kept
n, _ = grown(lambda: [i * 10**20 for i in range(2000)]); print(n < 1000)
print(len(gc.get_count()), gc.get_count()[1:]); gc.collect(0); print(gc.get_count()[0] < 100, gc.get_count()[1]); gc.enable()
