# Instances whose attributes come and go in different orders.
class A: pass
a, b, c = A(), A(), A()
a.x = 1; a.y = 2
b.y = 3; b.x = 4
c.x = 5
print(vars(a), vars(b), vars(c))
del a.x; a.z = 6; a.x = 7
print(vars(a), list(a.__dict__))
for i in range(40): setattr(b, f"attr{i}", i)
print(len(vars(b)), b.attr39, b.x, list(vars(b))[:3])
for i in range(0, 40, 2): delattr(b, f"attr{i}")
print(len(vars(b)), list(vars(b))[-2:], hasattr(b, "attr0"), b.attr1)
d = c.__dict__
d["late"] = 1; c.later = 2
print(c.late, d, d is c.__dict__)
d.clear()
print(vars(c), hasattr(c, "x"))
c.x = 9
print(d)
c.__dict__ = {"fresh": 1}
c.more = 2
print(vars(c), d)
class B:
    def __init__(self, flag):
        if flag: self.a = 1
        self.b = 2
        self.c = 3
def get(o): return o.b + o.c
print([get(B(f)) for f in (True, False, True)])
class C:
    v = "class"
    def get(self): return self.v
objs = [C() for _ in range(4)]
objs[1].v = "own"
print([o.get() for o in objs])
C.v = "changed"
print([o.get() for o in objs])
del objs[1].v; del C.v
try:
    objs[1].get()
except AttributeError as e:
    print(e)
class D(C): pass
def poly(objs): return [type(o).__name__ + str(o.v) for o in objs]
C.v = 0; D.v = 1; d1 = D(); d2 = D(); d2.v = 2
print(poly([C(), d1, d2, C(), d2, d1]))
def method_change():
    out = []
    o = C()
    for i in range(6):
        if i == 2: C.get = lambda self: "new"
        if i == 4: o.get = lambda: "instance"
        out.append(o.get())
    return out
print(method_change())
o = A(); o.__dict__[5] = "int key"; o.k = 1
print(vars(o))
o2 = A(); vars(o2).update(p=1, q=2); o2.p += 10
print(o2.p, o2.q, o2.__dict__ == {"p": 11, "q": 2})
import copy
o3 = copy.copy(o2); o3.p = 0
print(o2.p, vars(o3))
