# Weak references are cleared and their callbacks run before finalizers.
import gc, weakref
gc.collect(); gc.disable()
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, "weakref gives", r() if self.n == "a" else None)
a = A("a"); a.self = a
r = weakref.ref(a, lambda w: print("callback", w()))
del a
gc.collect()
b = A("b"); b.self = b; inner = weakref.ref(b, lambda w: print("callback inside the garbage is not called")); b.w = inner; del inner, b
gc.collect(); print("end of second")
class C: pass
c = C(); c.c = c; refs = [weakref.ref(c, lambda w, i=i: print("cb", i)) for i in range(3)]; del c; gc.collect(); print([x() for x in refs])
d = C(); e = C(); d.e, e.d = e, d; we = weakref.ref(e, lambda w: print("e dead, d is", wd())); wd = weakref.ref(d); del d, e; gc.collect()
v = weakref.WeakValueDictionary(); f = C(); f.f = f; v["f"] = f; del f; print(len(v)); gc.collect(); print(len(v))
class Res:
    def __del__(self): global keep; keep = self
g = Res(); g.g = g; wg = weakref.ref(g); del g; gc.collect(); print(wg(), keep.g is keep)
gc.enable()
