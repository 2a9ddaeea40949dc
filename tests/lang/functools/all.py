# partial, reduce, wraps, lru_cache, cmp_to_key, total_ordering, singledispatch, cached_property.
import functools
from functools import *
def f(a, b=2, *c, d=4, **e): "doc of f"; return a, b, c, d, e
p = partial(f, 1, d=9); print(p(), p(5), p(5, 6, d=0, z=1), p.func is f, p.args, p.keywords, partial(p, 7)(8), partial(p, 7).args, repr(partial(print, 1, end="x")).startswith("functools.partial(<built-in function print>, 1, end='x')"), partial(int, base=2)("101"), list(map(partial(pow, 2), range(4)))); p.attr = 1; print(vars(p), p.__doc__[:7])
class C:
    m = partialmethod(f, "pm")
    def n(self, x): return x
    k = partialmethod(n, 5)
print(C().m()[1:3], C().k())
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + [b], "abc", []), reduce(max, [3]), reduce(lambda a, b: f"({a}{b})", "abcd"), reduce(lambda a, b: a, [], "init"))
def deco(g):
    @wraps(g)
    def w(*a, **k): return g(*a, **k)
    return w
@deco
def named(x: int) -> str: "named doc"; return x
print(named.__name__, named.__doc__, named.__wrapped__.__name__, named.__annotations__, named.__module__, WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES)
calls = []
@lru_cache(maxsize=2)
def sq(x, y=0): calls.append(x); return x * x
print(sq(1), sq(2), sq(1), sq(3), sq(2), sq(1, y=0), sq(1, 0), calls, sq.cache_info(), sq.cache_parameters(), sq.__wrapped__(9)); sq.cache_clear(); print(sq.cache_info(), sq.__name__)
@lru_cache
def plain(x): return [x]
print(plain(1) is plain(1), plain(1.0) is plain(1), plain.cache_info()); 
@lru_cache(typed=True)
def typed(x): return type(x).__name__
print(typed(1), typed(1.0), typed(True), typed.cache_info().misses)
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info())
try: plain([])
except TypeError as e: print(e)
@lru_cache(maxsize=0)
def zero(x): calls.append("z"); return x
zero(1); zero(1); print(zero.cache_info())
class K:
    def __init__(self): self.n = 0
    @cached_property
    def cp(self): self.n += 1; return "computed"
    @lru_cache
    def meth(self, x): return x + 1
k = K(); print(k.cp, k.cp, k.n, k.__dict__["cp"], k.meth(1), k.meth(1)); del k.cp; print(k.cp, k.n, type(K.cp).__name__)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), cmp_to_key(lambda a, b: 0)(1) == cmp_to_key(lambda a, b: 0)(2), cmp_to_key(lambda a, b: a - b)(1).obj if hasattr(cmp_to_key(lambda a, b: 0)(1), "obj") else "")
@total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(1), T(2) > T(1), T(1) >= T(2))
try: total_ordering(type("N", (), {}))
except ValueError as e: print(e)
@singledispatch
def sd(x): return f"default {x}"
@sd.register
def _(x: int): return f"int {x}"
@sd.register(list)
def _(x): return f"list {len(x)}"
@sd.register(str)
@sd.register(bytes)
def text(x): return "text"
print(sd(1), sd(True), sd([1]), sd("a"), sd(b"a"), sd(1.5), sd.dispatch(bool).__name__, sorted(t.__name__ for t in sd.registry))
class SD:
    @singledispatchmethod
    def m(self, x): return "base"
    @m.register
    def _(self, x: int): return "int"
print(SD().m(1), SD().m("a"))
for s in ("partial()", "partial(5)", "reduce()", "reduce(1)", "reduce(max, [])", "reduce(5, [1, 2])", "reduce(max, 5)", "lru_cache(maxsize='a')", "cmp_to_key()", "cmp_to_key(5)", "cmp_to_key(len)(1) == 5", "sd()", "singledispatch(5)", "partial(f, 1).nope", "wraps(f)(5)", "partialmethod(5)", "total_ordering(int)", "sd.register(5)", "cached_property()"):
    try: print(s, "=", type(eval(s)).__name__)
    except Exception as e: print(s, "->", type(e).__name__, e)
update_wrapper(p, named); print(p.__name__)
