# Exception classes with state and behaviour.
class AppError(Exception):
    code = 500
    def __init__(self, message, *, details=None):
        super().__init__(message); self.details = details or {}
    def __str__(self): return f"[{self.code}] {super().__str__()}"
class NotFound(AppError): code = 404
class Denied(AppError):
    code = 403
    def __init__(self, user, *a, **k): super().__init__(f"denied {user}", *a, **k); self.user = user
for e in (AppError("x"), NotFound("page", details={"p": 1}), Denied("bob")):
    try: raise e
    except NotFound as n: print("nf", n, n.details, n.args)
    except AppError as a: print(type(a).__name__, a, repr(a), a.details, vars(a))
class Multi(Exception):
    def __init__(self, *errors): self.errors = errors
    def __iter__(self): return iter(self.errors)
try: raise Multi(1, 2)
except Multi as m: print(list(m), m.args, str(m))
class Meta(type):
    def __instancecheck__(cls, o): print("instancecheck"); return True
    def __subclasscheck__(cls, c): print("subclasscheck"); return True
class Catch(Exception, metaclass=Meta): pass
try:
    try: raise ValueError("v")
    except Catch: print("caught by metaclass")
except ValueError: print("metaclass hooks not used")
class E(BaseException): pass
try: raise E
except Exception: print("no")
except BaseException as b: print(repr(b))
class NoArgs(Exception):
    def __init__(self): pass
print(NoArgs().args, repr(NoArgs()))
try: raise NoArgs(1)
except TypeError as t: print(t)
class WithNew(Exception):
    def __new__(cls, *a): o = super().__new__(cls, *a); o.made = True; return o
print(WithNew(1).made, WithNew(1, 2).args)
class K(KeyError):
    def __str__(self): return "custom " + super().__str__()
print(K("k"), repr(K("k")))
class O(OSError): pass
print(O(2, "x"), type(O(2, "x")).__name__, O(2, "x").errno)
class S(StopIteration): pass
print(S(3).value, list(iter(lambda: (_ for _ in ()).throw(ValueError) if 0 else 1, 1)))
def gen():
    if 0: yield
    raise StopIteration("inside")
try: next(gen())
except RuntimeError as r: print(r, repr(r.__cause__))
class Slots(Exception):
    __slots__ = ("a",)
s = Slots(); s.a = 1; s.b = 2; print(s.a, s.b)
import copy, pickle
c = copy.copy(NotFound("cp", details={"q": 1})); print(c, c.details, type(c).__name__)
