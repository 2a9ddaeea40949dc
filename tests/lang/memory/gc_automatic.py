# A young collection happens by itself after the threshold.
# collections: its own
import gc
runs = []
def cb(phase, info):
    if phase == "start": runs.append(info["generation"])
gc.collect(); gc.set_threshold(200, 3, 2); gc.callbacks.append(cb)
keep = []
for i in range(5000): keep.append([i])
gc.callbacks.remove(cb)
print(len(runs) > 10, runs[0], 1 in runs, 2 in runs, set(runs) <= {0, 1, 2})
class Node: pass
deleted = 0
class D:
    def __del__(self): global deleted; deleted += 1
gc.set_threshold(100)
for i in range(1000):
    d = D(); d.self = d
d = None
print(deleted > 500)
gc.disable(); before = deleted
for i in range(1000):
    d = D(); d.self = d
d = None
print(deleted == before); gc.enable(); gc.collect(); print(deleted)
