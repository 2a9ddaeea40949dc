# Weak references inside __del__ and after resurrection.
import weakref, gc
class A:
    def __del__(self): log.append(r() is self or r()); global keep; keep = self
log = []; a = A(); r = weakref.ref(a); keep = None; del a; print(log, r() is keep, keep is not None); r2 = weakref.ref(keep); print(r2() is keep); keep = None; print(r2(), log)
class B:
    def __del__(self): log.append(weakref.ref(self)() is self)
log.clear(); B(); print(log); c = B(); c.c = c; w = weakref.ref(c); del c; gc.collect(); print(log, w())
