# Thresholds, counts, enable and disable.
import gc
print(gc.get_threshold(), gc.isenabled())
gc.set_threshold(100, 5, 3); print(gc.get_threshold())
gc.set_threshold(50); print(gc.get_threshold())
gc.set_threshold(50, 7); print(gc.get_threshold())
gc.set_threshold(0); print(gc.get_threshold())
for bad in ((), ("a",), (1, 2, 3, 4), (1.5,), (None,)):
    try: gc.set_threshold(*bad); print("ok", gc.get_threshold())
    except TypeError as e: print(e)
gc.set_threshold(700, 10, 10); gc.disable(); gc.collect(); print(gc.get_count()[1:], gc.isenabled()); x = [[] for _ in range(100)]; print(gc.get_count()[0] >= 100); x = None
gc.collect(0); print(gc.get_count()[1:]); gc.collect(0); print(gc.get_count()[1:]); gc.collect(1); print(gc.get_count()[1:]); gc.collect(2); print(gc.get_count()[1:])
gc.enable(); gc.enable(); print(gc.isenabled()); gc.disable(); gc.disable(); print(gc.isenabled()); gc.enable()
