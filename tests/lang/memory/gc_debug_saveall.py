# DEBUG_SAVEALL puts what is found into gc.garbage.
import gc
gc.collect(); gc.disable(); print(gc.get_debug(), gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL); print(gc.get_debug() == gc.DEBUG_SAVEALL)
l = ["marker"]; l.append(l); del l
gc.collect(); print(len(gc.garbage), gc.garbage[0][0], gc.garbage[0][1] is gc.garbage[0])
gc.set_debug(0); gc.garbage.clear(); print(gc.collect() > 0, gc.garbage)
class A:
    def __del__(self): print("del")
a = A(); a.self = a; del a; print(gc.collect() > 0, gc.garbage)
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
for bad in ("a", None, 1.5):
    try: gc.set_debug(bad)
    except TypeError as e: print(e)
gc.enable()
