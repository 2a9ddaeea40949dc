# __new__, __init__, and what they may return.
class A:
    def __new__(cls, *a, **k): print("new", cls.__name__, a, k); return super().__new__(cls)
    def __init__(self, *a, **k): print("init", a, k)
A(1, x=2)
class B:
    def __new__(cls): return 42
    def __init__(self): print("not called")
print(B())
class C:
    def __new__(cls, other=False): return A.__new__(A) if other else super().__new__(cls)
    def __init__(self, other=False): print("C.init")
print(type(C()).__name__, type(C(True)).__name__)
class S:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
print(S() is S())
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
t = T(1, 2)
print(t, t.a, len(t), type(t).__name__, t == (1, 2), t + (3,), type(t + (3,)).__name__)
class I(int):
    def __new__(cls, v, tag): o = super().__new__(cls, v); o.tag = tag; return o
i = I(5, "five")
print(i, i.tag, i + 1, type(i + 1).__name__, I.__new__(I, 3, "t").tag)
class Str(str):
    def __new__(cls, s): return super().__new__(cls, s.upper())
print(Str("abc"), Str("abc").lower(), type(Str("a") + "b").__name__)
class Bad:
    def __init__(self): return 5
try:
    Bad()
except TypeError as e:
    print(e)
class NoInit:
    def __new__(cls, a): return super().__new__(cls)
print(type(NoInit(1)).__name__)
class NoNew:
    def __init__(self, a): self.a = a
print(NoNew(1).a)
class Both:
    def __new__(cls, a): return super().__new__(cls)
    def __init__(self, a): super().__init__()
Both(1)
for call in ("object.__new__()", "object.__new__(1)", "object.__new__(int)", "int.__new__(str)", "int.__new__(A)", "tuple.__new__(list)", "T(1)", "str.__new__()", "object.__new__(list)", "dict.__new__(int)"):
    try:
        print(call, eval(call))
    except TypeError as e:
        print(call, "->", e)
class Raises:
    def __init__(self): raise ValueError("in init")
try:
    Raises()
except ValueError as e:
    print(e)
o = A.__new__(A); o.__init__(7)
f = float.__new__(type("F", (float,), {}), 1.5); print(f, type(f).__name__)
l = list.__new__(list); l.__init__((1, 2)); l.__init__([3]); print(l)
d = dict(a=1); d.__init__(b=2); print(d)
