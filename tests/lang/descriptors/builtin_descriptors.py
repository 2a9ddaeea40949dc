# Functions, properties, slots, class and static methods as descriptors.
class A:
    __slots__ = ("s",)
    def f(self): return "f"
    @property
    def p(self): return "p"
    @classmethod
    def c(cls): return cls.__name__
    @staticmethod
    def st(): return "st"
a = A(); a.s = 5; d = A.__dict__
print({k: (hasattr(d[k], "__get__"), hasattr(d[k], "__set__"), hasattr(d[k], "__delete__")) for k in ("s", "f", "p", "c", "st")})
print(d["f"].__get__(a)(), d["f"].__get__(None, A) is d["f"], d["p"].__get__(a), d["p"].__get__(None, A) is d["p"], d["c"].__get__(None, A)(), d["c"].__get__(a)(), d["st"].__get__(5)(), d["s"].__get__(a), d["s"].__get__(None, A) is d["s"])
d["s"].__set__(a, 6); print(a.s); d["s"].__delete__(a); print(hasattr(a, "s"))
for f in (lambda: d["p"].__set__(a, 1), lambda: d["p"].__delete__(a), lambda: d["s"].__get__(5, int), lambda: d["f"].__get__(None, None), lambda: d["s"].__delete__(a), lambda: int.__dict__["real"].__set__(5, 1), lambda: d["c"].__get__(None, None), lambda: d["s"].__set__(5, 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(type(d["s"]).__name__, type(d["f"]).__name__, type(d["p"]).__name__, type(d["c"]).__name__, type(d["st"]).__name__, type(int.__dict__["real"]).__name__, type(str.__dict__["upper"]).__name__, type(int.__dict__["__add__"]).__name__, type(dict.__dict__["fromkeys"]).__name__, type(str.__dict__["maketrans"]).__name__, type(type.__dict__["__dict__"]).__name__, type(A.f).__name__, type(a.f).__name__, type(a.c).__name__, type(a.st).__name__, type("".upper).__name__, type((1).__add__).__name__)
print(d["s"].__name__, d["s"].__objclass__ is A, d["p"].fget.__name__, d["c"].__func__.__name__, d["st"].__func__.__name__, d["c"].__wrapped__.__name__, str.upper.__objclass__, int.real.__name__, (5).__add__.__self__, [].append.__self__, len.__self__.__name__, A.f.__get__(a).__self__ is a, A.c.__self__ is A, property(len).__get__("abc"), property.__doc__ is not None, str.upper.__get__("x")(), dict.fromkeys("a"), A.__dict__["p"].getter(lambda s: "new").__get__(a))
