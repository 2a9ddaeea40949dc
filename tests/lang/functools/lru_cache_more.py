# lru_cache: eviction order, typed, unhashable, recursion, methods.
from functools import lru_cache, cache
log = []
@lru_cache(maxsize=3)
def f(x): log.append(x); return x * 10
for x in (1, 2, 3, 1, 4, 2, 1, 3, 4, 4): f(x)
print(log, f.cache_info()); log.clear(); f.cache_clear(); f(1); print(log, f.cache_info())
@lru_cache(maxsize=None)
def g(a, b=0, *c, **d): log.append((a, b)); return a, b, c, d
log.clear(); g(1); g(1, 0); g(a=1); g(1, b=0); g(b=0, a=1); g(1); print(len(log), g(1, 2, 3, k=4), g.cache_info().currsize)
@lru_cache(typed=True)
def t(x): return type(x).__name__
print(t(1), t(1.0), t(True), t("1"), t.cache_info())
@cache
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 5), ack.cache_info().currsize)
for bad in (lambda: f([]), lambda: f({}), lambda: f(), lambda: f(1, 2), lambda: lru_cache("x"), lambda: lru_cache(maxsize=-1)(len)("ab"), lambda: lru_cache(5.5)):
    try: print(bad())
    except TypeError as e: print(e)
class A:
    def __init__(self, n): self.n = n
    @lru_cache
    def m(self, x): log.append("m"); return self.n + x
    @staticmethod
    @lru_cache
    def s(x): log.append("s"); return x
    @classmethod
    @lru_cache
    def c(cls, x): log.append("c"); return cls.__name__, x
log.clear(); a, b = A(1), A(2); print(a.m(1), a.m(1), b.m(1), A.s(1), a.s(1), A.c(1), b.c(1), log, A.m.cache_info().hits)
@lru_cache
def fails(x): log.append(x); raise ValueError(x)
log.clear()
for _ in range(2):
    try: fails(1)
    except ValueError: pass
print(log, fails.cache_info()); print(f.__wrapped__(7), f.__name__, f.cache_parameters(), g.cache_parameters(), lru_cache(maxsize=2)(len)("abc"), len({f, g, t}))
