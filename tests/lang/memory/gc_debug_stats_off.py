# Debug flags as numbers.
import gc
print([hasattr(gc, n) for n in ("DEBUG_STATS", "DEBUG_COLLECTABLE", "DEBUG_UNCOLLECTABLE", "DEBUG_SAVEALL", "DEBUG_LEAK")], gc.DEBUG_LEAK == gc.DEBUG_COLLECTABLE | gc.DEBUG_UNCOLLECTABLE | gc.DEBUG_SAVEALL, gc.get_debug())
gc.set_debug(gc.DEBUG_SAVEALL); l = ["x"]; l.append(l); del l; gc.collect(); print([g[0] for g in gc.garbage if isinstance(g, list) and len(g) == 2]); gc.set_debug(0); gc.garbage.clear(); print(gc.get_debug(), gc.garbage)
for bad in (lambda: gc.set_debug(), lambda: gc.set_debug("x"), lambda: gc.get_debug(1), lambda: gc.enable(1), lambda: gc.isenabled(1), lambda: gc.get_count(1), lambda: gc.get_threshold(1), lambda: gc.get_stats(1), lambda: gc.collect(1, 2), lambda: gc.is_tracked(), lambda: gc.is_finalized(), lambda: gc.set_threshold()):
    try: bad(); print("ok")
    except TypeError as e: print(e)
print(gc.__name__, sorted(n for n in dir(gc) if not n.startswith("_")))
