# compare: stderr
# What set_debug(DEBUG_COLLECTABLE) writes: a line for each object found, with its type.
import gc, re, sys
gc.disable(); gc.collect()
class A: pass
a = A(); a.me = a; b = []; b.append(b); c = {}; c["c"] = c
gc.set_debug(gc.DEBUG_SAVEALL); del a, b, c; print(gc.collect(), sorted(type(o).__name__ for o in gc.garbage)); gc.set_debug(0); gc.garbage.clear(); gc.collect()
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK, gc.get_debug())
try: gc.set_debug("x")
except TypeError as e: print(e)
