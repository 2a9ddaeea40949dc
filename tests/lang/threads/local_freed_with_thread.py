# What a thread keeps in a local goes with the thread; what a local keeps goes with the local.
import gc, threading, weakref
class A: pass
l = threading.local(); refs = []
def f(): a = A(); l.a = a; refs.append(weakref.ref(a))
for _ in range(5):
    t = threading.Thread(target=f); t.start(); t.join()
gc.collect(); print([r() for r in refs])
l.a = a = A(); r = weakref.ref(a); del a; print(r() is not None); del l; gc.collect(); print(r())
