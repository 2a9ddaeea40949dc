# The same function called in every way.
def f(a, b, c=3): return a, b, c
args, kw = (1, 2), {"c": 9}
print(f(1, 2), f(1, b=2), f(a=1, b=2), f(*args), f(*args, **kw), f(**{"a": 1, "b": 2}), f(1, *[2]), f(*[1], b=2), f(1, *(), b=2), f(*"ab"), f(*{5: 0, 6: 0}), f(*iter([7, 8])))
import functools
p = functools.partial(f, 1)
print(p(2), p(b=2), f.__call__(1, 2), type(f).__call__(f, 1, 2), (lambda *a, **k: f(*a, **k))(1, 2, c=4), getattr(f, "__call__")(3, 4))
class C:
    def __call__(self, *a, **k): return f(*a, **k)
    def m(self, *a): return f(*a)
c = C(); print(c(1, 2), C.__call__(c, 1, 2), c.m(1, 2), C.m(c, 1, 2), (c.m)(5, 6, 7))
fs = {"f": f, "l": [f]}; print(fs["f"](1, 2), fs["l"][0](3, 4), (f if 1 else None)(1, 2), [g(1, 2) for g in (f, c, p.func)], (f)(1, 2), ((lambda: f)())(1, 2))
m = map(f, [1, 2], [3, 4], [5, 6]); print(list(m), *map(lambda t: f(*t), [(1, 2), (3, 4, 5)]))
