# freeze hides everything alive from the collector.
import gc, weakref
gc.collect()
class N: pass
a = N(); a.me = a; r = weakref.ref(a)
gc.freeze(); print(gc.get_freeze_count() > 0, gc.get_count()[0] < 50); del a; gc.collect(); print(r() is not None)
b = N(); b.me = b; rb = weakref.ref(b); del b; gc.collect(); print(rb())
gc.unfreeze(); print(gc.get_freeze_count()); gc.collect(); print(r())
for bad in (lambda: gc.freeze(1), lambda: gc.unfreeze(1), lambda: gc.get_freeze_count(1)):
    try: bad()
    except TypeError as e: print(e)
