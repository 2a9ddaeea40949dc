# get_objects by generation; freeze.
import gc; gc.disable()
gc.collect()
class Marker: pass
m = Marker(); m.l = []
def where(o): return [g for g in (0, 1, 2) if any(x is o for x in gc.get_objects(generation=g))]
print(where(m)); gc.collect(0); print(where(m)); gc.collect(1); print(where(m)); gc.collect(2); print(where(m))
print(any(x is m for x in gc.get_objects()), any(x is m for x in gc.get_objects(None)), len(gc.get_objects()) > 100)
for bad in (-1, 3, "a", 1.5):
    try: gc.get_objects(bad)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(gc.get_freeze_count()); gc.freeze(); print(gc.get_freeze_count() > 100, any(x is m for x in gc.get_objects(2))); gc.unfreeze(); print(gc.get_freeze_count(), any(x is m for x in gc.get_objects(2)))
gc.freeze(); n = Marker(); n.self = n; del n; print(gc.collect() > 0); gc.unfreeze(); print(all(not isinstance(x, (int, str, float)) for x in gc.get_objects()))
