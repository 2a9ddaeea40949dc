# Classes whose own machinery misbehaves.
class M1(type):
    def __instancecheck__(c, o): raise ValueError("instancecheck")
    def __subclasscheck__(c, s): raise ValueError("subclasscheck")
    def __call__(c, *a): return "not an instance"
    def __getattribute__(c, n):
        if n == "gone": raise AttributeError("really gone")
        return type.__getattribute__(c, n)
    def __repr__(c): raise RuntimeError("repr")
    def __hash__(c): return 5
    def __eq__(c, o): return True
class A(metaclass=M1): x = 1
for f in (lambda: isinstance(1, A), lambda: issubclass(int, A), lambda: A(), lambda: A.gone, lambda: hasattr(A, "gone"), lambda: repr(A), lambda: str(A), lambda: f"{A}", lambda: A == 5, lambda: {A: 1}[A], lambda: A in [1], lambda: type(A).__name__, lambda: object.__new__(A).x):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: raise ValueError("v")
except ValueError as e:
    try:
        try: raise e
        except A: pass
    except Exception as x: print(type(x).__name__, x)
class M2(type):
    def mro(c): return [c, object] if c.__bases__ != (object,) else [c, object]
class B1(metaclass=M2): y = "b1"
class B2(B1): pass
print(B2.__mro__ == (B2, object), hasattr(B2, "y"), issubclass(B2, B1), isinstance(B2(), B1))
class M3(type):
    def mro(c): raise ValueError("mro fails")
try:
    class C(metaclass=M3): pass
except ValueError as e: print(e)
class M4(type):
    def __new__(m, *a): return 5
class D(metaclass=M4): pass
print(D)
class M5(type):
    def __prepare__(n, b): raise KeyError("prepare")
    __prepare__ = classmethod(lambda m, n, b: (_ for _ in ()).throw(KeyError("prepare")))
try:
    class E(metaclass=M5): pass
except KeyError as e: print(e)
class NS(dict):
    def __setitem__(self, k, v):
        if k == "forbidden": raise ValueError("namespace refuses")
        super().__setitem__(k, v)
    def __getitem__(self, k):
        if k == "magic": return "made by namespace"
        return super().__getitem__(k)
class M6(type):
    @classmethod
    def __prepare__(m, n, b): return NS()
class F(metaclass=M6): got = magic
print(F.got)
try:
    class G(metaclass=M6): forbidden = 1
except ValueError as e: print(e)
class H:
    __class__ = property(lambda s: int)
print(isinstance(H(), int), type(H()).__name__, H().__class__); class_ = type("I", (), {"__slots__": ("a",), "a_": 1}); print(class_.a_)
