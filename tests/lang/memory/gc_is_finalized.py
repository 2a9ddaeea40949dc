# is_finalized before, in and after __del__.
import gc
class A:
    def __del__(self): saved.append((gc.is_finalized(self), self))
saved = []
a = A(); print(gc.is_finalized(a)); del a; print(saved[0][0], gc.is_finalized(saved[0][1])); saved.clear()
c = A(); c.c = c; del c; gc.collect(); print(len(saved), gc.is_finalized(saved[0][1])); saved.clear(); gc.collect(); print(len(saved))
print([gc.is_finalized(o) for o in (1, "a", [], object(), None, A, (x for x in []))])
g = (x for x in [1]); list(g); print(gc.is_finalized(g))
