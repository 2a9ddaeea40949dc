# Class namespaces and replaced attributes.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
class A:
    x = D("class x")
    y = D("class y")
    del y
    print("body ends")
A.x = D("new x"); print("replaced")
del A.x; print("deleted")
a = A(); a.v = D("inst v"); a.v = 1; print("attr replaced"); a.w = D("inst w"); a.__dict__.clear(); print("dict cleared"); a.z = D("inst z"); a.__dict__ = {}; print("dict replaced")
class S:
    __slots__ = "p", "q"
s = S(); s.p, s.q = D("slot p"), D("slot q"); s.p = 0; print("slot set"); del s.q; print("slot deleted")
class P:
    @property
    def v(self): return D("from property")
P().v; print("property value dropped"); P().v.n; print("used")
import sys
class M(type):
    def __getattr__(cls, n): return D("meta " + n)
class C(metaclass=M): pass
C.anything; print("end")
