# Decorated classes, registries, __init_subclass__, __set_name__.
registry = {}
def register(cls): registry[cls.__name__] = cls; return cls
def tag(name):
    def deco(cls): cls.tag = name; return cls
    return deco
@register
@tag("first")
class A: pass
@register
class B(A): pass
print(sorted(registry), A.tag, B.tag)
class Plugin:
    plugins = []
    def __init_subclass__(cls, /, priority=0, **kw):
        super().__init_subclass__(**kw)
        cls.priority = priority
        Plugin.plugins.append(cls)
class P1(Plugin, priority=5): pass
class P2(Plugin): pass
class P3(P1, priority=1): pass
print([(p.__name__, p.priority) for p in Plugin.plugins])
try:
    class Bad(Plugin, nope=1): pass
except TypeError as e:
    print(e)
try:
    class Bad2(nope=1): pass
except TypeError as e:
    print(e)
class Field:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.name = name
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.name, "unset")
    def __set__(self, o, v): o.__dict__[self.name] = v * 2
class M:
    a = Field()
    b = c = Field()
m = M(); m.a = 1; m.b = 2
print(m.a, m.b, m.c, M.a.name, vars(m))
M.d = Field()
try:
    m.d
except AttributeError as e:
    print(e)
class BadName:
    def __set_name__(self, o, n): raise ValueError("refused")
try:
    class X: attr = BadName()
except RuntimeError as e:
    print(e, repr(e.__cause__))
except ValueError as e:
    print(repr(e))
def replace(cls): return "not a class"
@replace
class Gone: pass
print(Gone)
def singleton(cls):
    inst = {}
    return lambda *a: inst.setdefault(cls, cls(*a)) if cls not in inst else inst[cls]
@singleton
class Config:
    def __init__(self, v=1): self.v = v
print(Config(5) is Config(6), Config().v)
class Order:
    def __init_subclass__(cls): print("init_subclass sees", sorted(k for k in vars(cls) if not k.startswith("__")))
class Sub(Order):
    f = Field()
    z = 1
