# Cached lookups see every change of classes and instances.
class A:
    def m(self): return "A.m"
    x = 1
class B(A): pass
b = B()
def call(): return b.m(), b.x
out = []
for step in range(9):
    if step == 1: B.m = lambda self: "B.m"
    if step == 2: b.m = lambda: "b.m"
    if step == 3: del b.m
    if step == 4: del B.m
    if step == 5: A.m = lambda self: "A.new"
    if step == 6: b.x = 2
    if step == 7: A.x = property(lambda self: "data"); 
    if step == 8: b.__class__ = type("C", (), {"m": lambda s: "C.m", "x": 5})
    out.append(call())
print(out)
class M(type): pass
class K(metaclass=M): y = 1
def get(): return K.y
out = [get()]; K.y = 2; out.append(get()); M.y = property(lambda c: "meta"); out.append(get()); del M.y; out.append(get()); del K.y; M.y = "plain meta"; out.append(get()); print(out)
import types; mod = types.ModuleType("mod"); mod.v = 1
def gv(): return mod.v
out = [gv()]; mod.v = 2; out.append(gv()); mod.__dict__["v"] = 3; out.append(gv()); mod.__class__ = type("MM", (types.ModuleType,), {"__getattr__": lambda s, n: "dyn"}); del mod.v; out.append(gv()); print(out)
def glob(): return G, len("ab")
G = 1; out = [glob()]; G = 2; out.append(glob()); len = lambda s: "shadow"; out.append(glob()); del len; out.append(glob()); globals()["G"] = 3; out.append(glob()); print(out)
