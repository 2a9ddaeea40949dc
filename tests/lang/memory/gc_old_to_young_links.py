# An old object that refers to a young one keeps it.
import gc, weakref
gc.collect(); gc.disable()
class N: pass
old = N(); gc.collect(); gc.collect()
old.young = N(); old.young.back = old; r = weakref.ref(old.young)
gc.collect(0); print(r() is not None); gc.collect(1); print(r() is not None)
old.young = None; print(r() is None)
old.young = N(); old.young.me = old.young; r = weakref.ref(old.young); old.young = None; print(r() is not None); gc.collect(0); print(r())
y = N(); y.old = old; old.y = y; r = weakref.ref(y); del y; gc.collect(0); print(r() is not None, old.y.old is old); del old; gc.collect(0); print(r() is not None); gc.collect(); print(r()); gc.enable()
