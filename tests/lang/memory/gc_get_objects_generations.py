# gc.get_objects by generation; what collections move; bad generations.
import gc
gc.disable(); gc.collect()
class A: pass
a = A()
def where(o): return [g for g in range(3) if any(x is o for x in gc.get_objects(generation=g))]
print(where(a), any(x is a for x in gc.get_objects())); gc.collect(0); print(where(a)); gc.collect(1); print(where(a)); gc.collect(); print(where(a))
for bad in (3, -2, 1.5, "0"):
    try: gc.get_objects(bad)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(len(gc.get_objects(-1)) > 100, len(gc.get_objects(None)) > 100)
