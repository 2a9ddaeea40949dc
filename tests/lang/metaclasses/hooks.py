# __instancecheck__, __subclasscheck__, __mro_entries__, mro(), __class_getitem__, __subclasses__.
class Duck(type):
    def __instancecheck__(cls, o): return hasattr(o, "quack")
    def __subclasscheck__(cls, c): return hasattr(c, "quack")
class D(metaclass=Duck): pass
class Q: quack = 1
print(isinstance(Q(), D), issubclass(Q, D), isinstance(5, D), issubclass(int, D), isinstance(D.__new__(D), D), isinstance(Q(), (int, D)), issubclass(Q, (int, (str, D))))
class Ent:
    def __init__(self, *b): self.b = b
    def __mro_entries__(self, bases): print("entries", len(bases)); return self.b
class X(Ent(Q, int)): pass
print(X.__bases__, X.__orig_bases__[0].__class__.__name__)
class Y(Ent()): pass
print(Y.__bases__)
class BadEnt:
    def __mro_entries__(self, b): return 5
try:
    class Z(BadEnt()): pass
except TypeError as e: print(e)
class Rev(type):
    def mro(cls): return [cls, *reversed(super().mro()[1:-1]), object]
class A1: w = "a1"
class A2(A1): w = "a2"
class RV(A2, metaclass=Rev): pass
print([c.__name__ for c in RV.__mro__], RV.w)
class BadMro(type):
    def mro(cls): return 5
try:
    class BM(metaclass=BadMro): pass
except TypeError as e: print(e)
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class G2(G): pass
print(G[int], G2["x", 1], G[()], G2[1:2])
try: int[5]
except TypeError as e: print(e)
try: G()[1]
except TypeError as e: print(e)
class MG(type):
    def __getitem__(cls, k): return "meta wins"
class Both(metaclass=MG):
    def __class_getitem__(cls, k): return "class"
print(Both[1])
print([c.__name__ for c in A1.__subclasses__()], type.__subclasses__(Rev), type.mro(A2)[0].__name__, isinstance(type, type), issubclass(type, object), isinstance(object, type), type(type) is type, type.__base__, object.__base__)
class Abs(type):
    def __call__(cls, *a):
        if getattr(cls, "abstract", False) and "abstract" in vars(cls): raise TypeError(f"{cls.__name__} is abstract")
        return super().__call__(*a)
class Base(metaclass=Abs): abstract = True
class Conc(Base): pass
print(type(Conc()).__name__)
try: Base()
except TypeError as e: print(e)
class AttrMeta(type):
    def __getattribute__(cls, n):
        if n == "secret": return "intercepted"
        return super().__getattribute__(n)
class AM(metaclass=AttrMeta): secret = "real"
print(AM.secret, AM().secret, AM.__dict__["secret"])
class DelMeta(type):
    def __delattr__(cls, n): print("del", n); super().__delattr__(n)
class DM(metaclass=DelMeta): x = 1
del DM.x
class Auto(type):
    def __new__(m, n, b, ns): return super().__new__(m, n, b, {k.upper() if not k.startswith("__") else k: v for k, v in ns.items()})
class Up(metaclass=Auto): low = 1
print(Up.LOW, hasattr(Up, "low"), Up.__class__.__name__)
