# Instances, classes, slots, bound methods.
import sys
class A: pass
class S: __slots__ = ("v",)
x = object()
base = sys.getrefcount(x)
a = A(); a.v = x; print(sys.getrefcount(x) - base)
a.w = x; print(sys.getrefcount(x) - base)
del a.w; print(sys.getrefcount(x) - base)
d = a.__dict__; print(sys.getrefcount(x) - base); d["z"] = x; print(sys.getrefcount(x) - base)
del a; print(sys.getrefcount(x) - base); del d; print(sys.getrefcount(x) - base)
s = S(); s.v = x; print(sys.getrefcount(x) - base); s.v = None; print(sys.getrefcount(x) - base)
A.cls = x; print(sys.getrefcount(x) - base); del A.cls; print(sys.getrefcount(x) - base)
class M:
    def m(self): pass
m = M(); n = sys.getrefcount(m); b = m.m; print(sys.getrefcount(m) - n); bs = [m.m for _ in range(3)]; print(sys.getrefcount(m) - n); del b, bs; print(sys.getrefcount(m) - n)
