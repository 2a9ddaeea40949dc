# reduce and partial in combination.
from functools import *
import operator as op
print(reduce(op.add, range(5)), reduce(op.mul, range(1, 6)), reduce(op.add, [], 7), reduce(op.add, [[1], [2]], []), reduce(lambda a, b: a if a > b else b, [3, 9, 2]), reduce(lambda d, kv: {**d, kv[0]: kv[1]}, [("a", 1), ("b", 2)], {}), reduce(lambda f, g: lambda x: g(f(x)), [lambda x: x + 1, lambda x: x * 2])(5), reduce(op.or_, [{1}, {2}]), reduce(getattr, ["real", "imag"], 5), reduce(lambda a, b: a * 10 + b, map(int, "1234")), reduce(op.getitem, ["a", 0, "b"], {"a": [{"b": "found"}]}))
def f(a, b, c=3, *d, **e): return a, b, c, d, e
p = partial(f, 1, c=9); q = partial(p, 2, x=1); print(p(2), q(), q(c=0), q.func is f, q.args, q.keywords, partial(f)(1, 2), partial(partial(partial(f, 1), 2), 3).args)
for bad in (lambda: p(), lambda: p(2, 3, c=1) if 0 else partial(f, b=2)(1, 3), lambda: partial(len, [1])(2), lambda: partial(None), lambda: partial(f, 1)(**{"a": 2})):
    try: print(bad())
    except TypeError as e: print(e)
class C:
    n = 5
    def m(self, x, y): return self.n, x, y
    pm = partialmethod(m, "x")
    ps = partialmethod(m, y="kw")
    add = staticmethod(partial(op.add, 10))
print(C().pm("y"), C().ps("z"), C.add(5), list(map(partial(op.mul, 3), [1, 2])), sorted(["b", "A"], key=partial(str.lower)), partial(print, "pre", sep="-")("post"), partial(dict, a=1)(b=2), partial(int, base=16)("ff"), partial(sorted, reverse=True)([1, 3, 2]), partial(max, key=abs)([-5, 3]))
p.x = 1; print(p.__dict__, hasattr(q, "x"), callable(p), type(p).__name__, p.__class__ is partial, p == p, p == partial(f, 1, c=9), isinstance(p, partial))
