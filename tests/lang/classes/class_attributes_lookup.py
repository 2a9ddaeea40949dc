# Class attributes, instances and changes through both.
class A: x = []; y = 1
a, b = A(), A()
a.x.append(1); a.y += 1
print(A.x, b.x, A.y, a.y, b.y, vars(a), vars(b))
A.y = 10; print(a.y, b.y); del a.y; print(a.y)
class B(A): y = 20
c = B(); print(c.y, c.x is A.x, B.__dict__.get("x")); A.z = "added"; print(c.z, B.z)
del B.y; print(c.y)
class C:
    count = 0
    def __init__(self): C.count += 1; self.__class__.last = self
    @classmethod
    def reset(cls): cls.count = 0
class D(C): pass
C(); D(); d = D(); print(C.count, D.count, "count" in vars(D), D.last is d, "last" in vars(C)); D.reset(); print(C.count, D.count)
for n in ("x", "nope"):
    print(hasattr(A, n), getattr(A, n, "default"))
setattr(A, "dyn", 5); print(A.dyn, a.dyn); delattr(A, "dyn"); print(hasattr(a, "dyn"))
