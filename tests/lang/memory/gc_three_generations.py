# What the interface says about generations.
import gc; gc.disable()
print(len(gc.get_threshold()), len(gc.get_count()), len(gc.get_stats()), gc.get_threshold())
gc.collect(); a = [[] for _ in range(10)]; print([any(x is a for x in gc.get_objects(g)) for g in range(3)]); gc.collect(0); print([any(x is a for x in gc.get_objects(g)) for g in range(3)]); gc.collect(1); print([any(x is a for x in gc.get_objects(g)) for g in range(3)])
for g in range(3): n = gc.get_stats()[g]["collections"]; gc.collect(g); print(g, gc.get_stats()[g]["collections"] - n)
