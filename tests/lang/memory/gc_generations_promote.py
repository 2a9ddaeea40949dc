# Survivors move to older generations.
import gc
gc.collect(); gc.disable()
class N: pass
def gen_of(o):
    for g in (0, 1, 2):
        if any(x is o for x in gc.get_objects(g)): return g
n = N(); n.l = [1]
print(gen_of(n)); gc.collect(0); print(gen_of(n)); m = N(); m.l = [2]; gc.collect(0); print(gen_of(n), gen_of(m)); gc.collect(1); print(gen_of(n), gen_of(m)); gc.collect(0); print(gen_of(n)); gc.collect(2); print(gen_of(n))
k = N(); k.n = n; k.k = k; del k; print(gc.collect(0) > 0); y = N(); y.y = y; gc.collect(0); del y; print(gc.collect(0), gc.collect(1) > 0); z = N(); z.z = z; gc.collect(1); del z; print(gc.collect(0), gc.collect(1), gc.collect(2) > 0)
gc.enable()
