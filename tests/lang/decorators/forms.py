# Decorators of functions and classes, any expression, stacking, arguments.
import functools
log = []
def deco(f): log.append(f.__name__); f.tagged = True; return f
def args(*a, **k):
    def d(f):
        @functools.wraps(f)
        def w(*x, **y): return (a, k, f(*x, **y))
        return w
    return d
@deco
def a(): return "a"
@args(1, k=2)
@deco
def b(x): "doc b"; return x
print(a(), a.tagged, b(5), b.__name__, b.__doc__, b.__wrapped__(7), log)
reg = {}
@reg.setdefault.__get__(reg) if 0 else (lambda f: reg.setdefault(f.__name__, f))
def c(): return "c"
decos = [deco, args("list")]
@decos[1]
def d(): return "d"
@(lambda f: lambda *x: f(*x) * 2)
def e(n): return n
@args(*[1, 2])(deco) if 0 else deco
def f(): return "f"
print(reg["c"](), d(), e(4), f())
class Count:
    def __init__(self, fn): self.fn, self.n = fn, 0; functools.update_wrapper(self, fn)
    def __call__(self, *a): self.n += 1; return self.fn(*a), self.n
    def __get__(self, o, t=None): return functools.partial(self, o) if o is not None else self
@Count
def g(x): return x
print(g(1), g(2), g.n, g.__name__)
class K:
    @Count
    def m(self, x): return x * 10
    @property
    @functools.lru_cache
    def p(self): print("computed"); return 5
    @staticmethod
    @args("s")
    def s(x): return x
    @classmethod
    @args("c")
    def c(cls): return cls.__name__
    @functools.cached_property
    def cp(self): print("once"); return [1]
k = K(); print(k.m(1), k.m(2), k.p, k.p, K.s(3), K.c(), k.cp is k.cp)
def cls_deco(**attrs):
    def d(c):
        for n, v in attrs.items(): setattr(c, n, v)
        return c
    return d
@cls_deco(x=1, y=2)
class L: pass
print(L.x, L().y)
def replace(f): return 42
@replace
def gone(): pass
@str
class Text: pass
print(gone, Text[:8])
def order(n): log.append(f"eval {n}"); return lambda f: log.append(f"apply {n}") or f
log.clear()
@order(1)
@order(2)
@order(3)
def h(): pass
print(log)
def trace(f):
    depth = 0
    @functools.wraps(f)
    def w(*a):
        nonlocal depth
        print("  " * depth + f"{f.__name__}{a}"); depth += 1
        try: return f(*a)
        finally: depth -= 1
    return w
@trace
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(3))
for src in ("@\ndef f(): pass", "@a b\ndef f(): pass", "@x\nx = 1", "@x = 1\ndef f(): pass", "@x\n\ndef f(): pass", "@(yield)\ndef f(): pass", "@x if y else z\ndef f(): pass", "@[1][0]\nclass C: pass", "@x := y\ndef f(): pass", "@lambda f: f\ndef f(): pass", "@x.y[0](1).z\ndef f(): pass", "@*x\ndef f(): pass", "@x\nasync def f(): pass", "@x"):
    try: compile(src, "<d>", "exec"); print(repr(src), "ok")
    except SyntaxError as e_: print(repr(src), e_.msg)
try:
    @5
    def bad(): pass
except TypeError as e_: print(e_)
