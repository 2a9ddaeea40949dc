# Names of the module: rebinding and deletion free at once.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
a = D("a")
a = D("b")
print("rebound")
del a
print("deleted")
globals()["c"] = D("c"); globals()["c"] = None; print("through globals()")
exec("e = D('exec')"); exec("del e"); print("through exec")
ns = {"D": D}; exec("f = D('own namespace')", ns); print("kept"); del ns["f"]; print("ns deleted")
def f():
    global g
    g = D("global from function")
f(); print("still"); g = None; print("gone")
import types
m = types.ModuleType("m"); m.x = D("module attr"); del m; print("module gone")
class C: attr = D("class attr")
del C
import gc; gc.collect(); print("class gone")
for i in [D("loop var")]: pass
print("loop ended"); del i; print("loop var deleted")
_ = D("underscore"); _ = 0; print("end")
