# The order of attribute lookup over every kind of attribute.
class Data:
    def __get__(s, o, t): return "data"
    def __set__(s, o, v): object.__setattr__(o, "log", v) if not isinstance(o, type) else type.__setattr__(o, "log", v)
class Non:
    def __get__(s, o, t): return "non-data"
class SetOnly:
    def __set__(s, o, v): o.__dict__["so"] = ("via set", v)
class GetDel:
    def __get__(s, o, t): return "getdel"
    def __delete__(s, o): print("deleted")
class Base: d = Data(); n = Non(); so = SetOnly(); gd = GetDel(); plain = "class"; inh = "inherited"
class C(Base):
    over = "own"
    def __getattr__(self, k): return f"getattr {k}"
c = C(); c.__dict__.update(d="inst", n="inst", so="inst", gd="inst", plain="inst")
print(c.d, c.n, c.so, c.gd, c.plain, c.inh, c.over, c.missing, C.d, C.n, C.plain)
c.d = 1; c.so = 2; c.n = 3; print(c.log, c.so, c.n, c.d); del c.gd
try: c.gd = 5; print(c.gd)
except AttributeError as e: print(e)
try: del c.d
except AttributeError as e: print(e)
C.n = "class now"; print(c.n, C().n); del C.n; print(C().n); Base.plain = Data(); print(c.plain); C.plain = "shadow"; print(c.plain, C().plain)
class M(type): d = Data(); m = "meta"; over = "meta over"
class X(metaclass=M): over = "class over"
print(X.d, X.m, X.over); X.__dict__
try: X().m
except AttributeError as e: print(e)
type.__setattr__(X, "late", Non()); print(X.late, X().late); X.d = 9; print(X.log if "log" in vars(X) else "set went through the metaclass")
class G:
    x = Non()
    def __getattribute__(self, k):
        try: return object.__getattribute__(self, k)
        except AttributeError: return "fallback"
g = G(); print(g.x, g.y, g.__class__.__name__)
class P:
    @property
    def a(self): return self._a
    @a.setter
    def a(self, v): self._a = v
    @a.deleter
    def a(self): del self._a
p = P(); p.a = 1; print(p.a, vars(p)); del p.a
try: p.a
except AttributeError as e: print(e)
