# What the collector tracks of a function; a namespace and its function are two objects of garbage.
# collections: its own
import gc
def f(): return 1
print(gc.is_tracked(f), gc.is_tracked(f.__code__), gc.is_tracked(f.__globals__), gc.is_tracked(f.__code__.co_consts))
gc.collect(); d = {}; exec("def g(): pass\n", d); gc.collect(); del d; print(gc.collect())
