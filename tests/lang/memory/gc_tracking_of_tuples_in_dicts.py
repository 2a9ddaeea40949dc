# A dict is tracked for a tuple only if the tuple is.
import gc
atoms = tuple([1, 2]); gc.collect(); print(gc.is_tracked(atoms))
d = {"a": atoms}; print(gc.is_tracked(d)); d["b"] = (1, []); print(gc.is_tracked(d))
e = {}; e["x"] = tuple([1]); print(gc.is_tracked(e)); gc.collect(); print(gc.is_tracked(e))
f = {(1, 2): 3}; print(gc.is_tracked(f)); g = {"k": frozenset([1])}; print(gc.is_tracked(g))
h = dict.fromkeys(range(3)); print(gc.is_tracked(h)); h[0] = h; print(gc.is_tracked(h)); h.clear(); gc.collect(); print(gc.is_tracked(h))
