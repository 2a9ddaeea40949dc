# get_stats counts collections and what they found.
import gc
gc.collect(); gc.disable()
before = gc.get_stats()
print(len(before), [sorted(s) for s in before])
gc.collect(0); gc.collect(0); gc.collect(1)
l = []; l.append(l); del l; gc.collect(2)
after = gc.get_stats()
print([a["collections"] - b["collections"] for a, b in zip(after, before)], [a["collected"] - b["collected"] for a, b in zip(after, before)], [a["uncollectable"] - b["uncollectable"] for a, b in zip(after, before)])
l = []; l.append(l); del l; gc.collect(0); print(gc.get_stats()[0]["collected"] - after[0]["collected"])
s = gc.get_stats(); s[0]["collections"] = -1; print(gc.get_stats()[0]["collections"] >= 0)
gc.enable()
