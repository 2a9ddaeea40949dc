# staticmethod and classmethod in detail.
class A:
    n = 1
    @staticmethod
    def s(x=0): "static doc"; return x
    @classmethod
    def c(cls, x=0): return cls.__name__, cls.n, x
    @classmethod
    def make(cls): return cls()
    def inst(self): return self.s(5), self.c(6)
    raw_static = staticmethod(len)
    raw_class = classmethod(lambda cls: cls)
class B(A):
    n = 2
print(A.s(1), A().s(2), A.c(3), A().c(4), B.c(), B().c(5), type(B.make()).__name__, B().inst())
print(A.raw_static("abc"), A().raw_static([1]), A.raw_class() is A, B.raw_class() is B)
print(type(A.__dict__["s"]).__name__, type(A.__dict__["c"]).__name__, type(A.s).__name__, type(A.c).__name__)
print(A.c.__self__ is A, A.c.__func__ is A.__dict__["c"].__func__, A.s.__doc__, A.__dict__["s"].__func__ is A.s)
sm = staticmethod(lambda: "called directly")
print(sm(), sm.__wrapped__())
cm = A.__dict__["c"]
try:
    cm()
except TypeError as e:
    print(e)
print(cm.__get__(None, B)(7), cm.__get__(B())(8))
print(repr(A.c).startswith("<bound method A.c of <class"), A.__dict__["s"].__name__, A.__dict__["c"].__qualname__)
for bad in ("A.c(1, 2)", "A.s(1, 2)", "staticmethod()", "classmethod()", "staticmethod(1, 2)"):
    try:
        eval(bad)
    except TypeError as e:
        print(bad, "->", e)
class C:
    @staticmethod
    def __new__(cls, *a): print("new", a); return object.__new__(cls)
    def __init_subclass__(cls, **kw): print("subclass", cls.__name__, kw)
    def __class_getitem__(cls, k): return cls.__name__, k
class D(C, flag=1): pass
D(5)
print(C[int], D["x", 2])
d = {"s": A.s, "c": B.c}
print(d["s"](9), d["c"](9))
class E:
    def plain(): return "plain"
    fn = len
print(E.plain(), E.fn("ab"), E().fn("xyz"))
try:
    E().plain()
except TypeError as e:
    print(e)
