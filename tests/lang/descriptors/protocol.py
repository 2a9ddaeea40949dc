# Data and non-data descriptors, lookup order.
class Data:
    def __init__(self, n): self.n = n
    def __get__(self, o, t=None): return f"data get {self.n} {o is not None} {t.__name__}"
    def __set__(self, o, v): print("data set", self.n, v)
    def __delete__(self, o): print("data delete", self.n)
class NonData:
    def __get__(self, o, t=None): return "nondata get"
class SetOnly:
    def __set__(self, o, v): print("setonly", v); o.__dict__["so"] = v
class C:
    d = Data("d"); n = NonData(); so = SetOnly()
    def m(self): return "method"
c = C()
print(c.d, C.d, c.n, C.n, type(c.so).__name__)
c.d = 1
del c.d
c.so = 5
print(c.so)
c.n = "instance"
print(c.n)
del c.n
print(c.n)
c.__dict__["d"] = "hidden"
c.__dict__["m"] = "shadow"
print(c.d, c.m, vars(c))
try: del c.so
except AttributeError as e: print(e)
C.d = "class attr replaced"
print(c.d, C.d)
class Raises:
    def __get__(self, o, t=None): raise AttributeError("from descriptor")
class D:
    r = Raises()
    def __getattr__(self, n): return f"getattr {n}"
print(D().r)
try: D.r
except AttributeError as e: print(e)
class Meta(type):
    md = Data("meta"); mn = NonData(); x = "meta x"
class E(metaclass=Meta):
    md = "class md"; mn = "class mn"
print(E.md, E.mn, E.x)
try: E().x
except AttributeError as e: print(e)
E.md = 5
class F:
    class Inner:
        def __get__(self, o, t): return (o, t.__name__)
    i = Inner(); f = lambda self: "lam"; s = staticmethod(len); k = classmethod(lambda c: c.__name__); p = property(lambda s: "prop")
print(F.i, F().i[1], F().f(), F().s("ab"), F().k(), F().p, type(F.__dict__["f"]).__name__, F.__dict__["i"].__class__.__name__)
inst = F()
inst.i2 = Data("on instance")
print(type(inst.i2).__name__)
fn = C.m
print(fn.__get__(5, int)(), fn.__get__(None, C) is fn, fn.__get__(c).__self__ is c)
for st in (
    "fn.__get__()",
    "fn.__get__(None)",
    "fn.__get__(None, None)",
    "property().__get__(c)",
    "C.__dict__['n'].__get__()",
    "int.__dict__['real'].__get__('a')",
    "int.real.__get__(5)",
    "str.upper.__get__('abc')()",
    "str.upper.__get__(5)",
    "list.append.__get__([], list)(1)",
    "int.real.__set__(5, 1)",
    "int.__add__.__get__(3)(4)",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
c.d = 1
del c.d
c.so = 5
c.n = "instance"
del c.n
c.__dict__["d"] = "hidden"
c.__dict__["m"] = "shadow"
try: del c.so
except AttributeError as e: print(e)
C.d = "class attr replaced"
class Raises:
    def __get__(self, o, t=None): raise AttributeError("from descriptor")
class D:
    r = Raises()
    def __getattr__(self, n): return f"getattr {n}"
try: D.r
except AttributeError as e: print(e)
class Meta(type):
    md = Data("meta"); mn = NonData(); x = "meta x"
class E(metaclass=Meta):
    md = "class md"; mn = "class mn"
try: E().x
except AttributeError as e: print(e)
E.md = 5
class F:
    class Inner:
        def __get__(self, o, t): return (o, t.__name__)
    i = Inner(); f = lambda self: "lam"; s = staticmethod(len); k = classmethod(lambda c: c.__name__); p = property(lambda s: "prop")
inst = F()
inst.i2 = Data("on instance")
fn = C.m
for st in (
    "(1).__add__.__self__",
    "type(int.real).__name__, type(int.__add__).__name__, type(str.upper).__name__, type((1).__add__).__name__, type(dict.fromkeys).__name__",
    "repr(int.real), repr(str.upper), repr(int.__add__), repr(dict.__dict__['fromkeys'])",
    "int.real.__name__, int.real.__objclass__, str.upper.__objclass__, str.upper.__qualname__",
    "str.upper()",
    "str.upper(5)",
    "int.__add__(1)",
    "int.__add__('a', 1)",
    "[].append.__self__",
    "'a'.upper.__name__",
    "len.__name__, len.__module__, len.__self__.__name__",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, o, n): self.n = "_" + n
    def __get__(self, o, t=None): return self if o is None else getattr(o, self.n)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f"{self.n[1:]} must be {self.t.__name__}")
        setattr(o, self.n, v)
class P:
    x = Typed(int); s = Typed(str)
    def __init__(self, x, s): self.x, self.s = x, s
print(P(1, "a").x, vars(P(2, "b")))
try: P("a", 1)
except TypeError as e: print(e)
