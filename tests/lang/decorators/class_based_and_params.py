# Decorators that are classes, keep state, or take optional arguments.
import functools
def optional(f=None, *, times=1):
    if f is None: return functools.partial(optional, times=times)
    @functools.wraps(f)
    def w(*a): return [f(*a) for _ in range(times)]
    return w
@optional
def a(x): return x
@optional(times=3)
def b(x): return x
print(a(1), b(2), b.__name__)
class Memo:
    def __init__(self, f): self.f, self.cache = f, {}; functools.update_wrapper(self, f)
    def __call__(self, *a):
        if a not in self.cache: self.cache[a] = self.f(*a)
        return self.cache[a]
@Memo
def fib(n): "fib doc"; return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), len(fib.cache), fib.__doc__, fib.__name__)
class Reg:
    def __init__(self): self.fs = {}
    def __call__(self, name):
        def d(f): self.fs[name] = f; return f
        return d
    def run(self, name, *a): return self.fs[name](*a)
cmd = Reg()
@cmd("add")
def _(x, y): return x + y
@cmd("neg")
def _(x): return -x
print(cmd.run("add", 1, 2), cmd.run("neg", 5), sorted(cmd.fs))
def typed(**types):
    def d(f):
        @functools.wraps(f)
        def w(**k):
            for n, t in types.items():
                if not isinstance(k.get(n), t): raise TypeError(f"{n} must be {t.__name__}")
            return f(**k)
        return w
    return d
@typed(x=int, s=str)
def g(x, s): return s * x
print(g(x=2, s="ab"))
try: g(x="2", s="ab")
except TypeError as e: print(e)
def singleton(c):
    inst = None
    @functools.wraps(c, updated=())
    def get(*a):
        nonlocal inst
        if inst is None: inst = c(*a)
        return inst
    return get
@singleton
class S:
    "S doc"
    def __init__(self, v): self.v = v
print(S(1) is S(2), S().v, S.__doc__, S.__name__)
class P:
    def __init__(self, f): self.f = f
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None):
        if o is None: return self
        v = o.__dict__[self.n] = self.f(o); return v
class U:
    @P
    def lazy(self): print("computing"); return 42
u = U(); print(u.lazy, u.lazy, vars(u)); def_ = [lambda f, i=i: lambda *a: (i, f(*a)) for i in range(2)]
@def_[0]
@def_[1]
def h(): return "h"
print(h())
