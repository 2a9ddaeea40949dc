# property: getter, setter, deleter, inheritance, errors.
class Temp:
    def __init__(self, c): self._c = c
    @property
    def c(self):
        "Celsius."
        return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError("too cold")
        self._c = v
    @c.deleter
    def c(self): print("deleting"); self._c = 0
    @property
    def f(self): return self._c * 9 / 5 + 32
    wonly = property(None, lambda self, v: print("set", v))
    none = property()
    def getx(self): return "x"
    x = property(getx, doc="the x")
t = Temp(20)
print(t.c, t.f, Temp.c.__doc__, Temp.x.__doc__, t.x)
t.c = 30; print(t.c)
del t.c; print(t.c)
t.wonly = 5
for stmt in ("t.c = -300", "t.f = 1", "del t.f", "t.wonly", "t.none", "t.none = 1", "del t.none", "del t.wonly", "t.x = 2"):
    try:
        exec(stmt)
    except (AttributeError, ValueError) as e:
        print(stmt, "->", type(e).__name__, e)
print(type(Temp.c).__name__, Temp.c.fget.__name__, Temp.f.fset, Temp.c.fdel is not None)
t.__dict__["c"] = "shadow"
print(t.c)
class Sub(Temp):
    @property
    def f(self): return "sub " + str(super().f)
    @Temp.c.setter
    def c(self, v): Temp.c.fset(self, v * 2)
s = Sub(1); s.c = 5
print(s.c, s.f)
class Lazy:
    @property
    def v(self): raise AttributeError("inner problem")
    def __getattr__(self, n): return "fallback " + n
print(Lazy().v)
class Err:
    @property
    def v(self): return self.missing
try:
    Err().v
except AttributeError as e:
    print(e)
p = property(lambda self: 1)
q = p.getter(lambda self: 2).setter(lambda self, v: None)
class Q: a = p; b = q
print(Q().a, Q().b, p is q, Q.a is p)
class ClassProp:
    @classmethod
    @property
    def cp(cls): return cls.__name__
print(ClassProp.cp)
