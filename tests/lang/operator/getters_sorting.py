# itemgetter, attrgetter, methodcaller in use.
from operator import *
rows = [{"n": "b", "v": 2, "t": ("x", 9)}, {"n": "a", "v": 2, "t": ("y", 1)}, {"n": "c", "v": 1, "t": ("x", 5)}]
print([r["n"] for r in sorted(rows, key=itemgetter("n"))], [r["n"] for r in sorted(rows, key=itemgetter("v", "n"))], max(rows, key=itemgetter("v"))["n"], list(map(itemgetter("n", "v"), rows)), itemgetter(1)("abc"), itemgetter(-1, 0)([1, 2, 3]), itemgetter(slice(0, 2))("abcd"), itemgetter((1, 2))({(1, 2): "tuple key"}))
class P:
    def __init__(self, n, a): self.n, self.a = n, a; self.inner = self
    def m(self, x, y=0): return self.n, x, y
ps = [P("z", 1), P("y", 2)]; print([p.n for p in sorted(ps, key=attrgetter("n"))], attrgetter("n", "a")(ps[0]), attrgetter("inner.inner.n")(ps[1]), attrgetter("inner.a", "n")(ps[0]), list(map(methodcaller("m", 1, y=2), ps)), methodcaller("upper")("a"), methodcaller("split", "-", 1)("a-b-c"), sorted(["b", "A"], key=methodcaller("lower")))
for f in (lambda: itemgetter(5)([1]), lambda: itemgetter("a")([1]), lambda: itemgetter("q")({}), lambda: attrgetter("zz")(5), lambda: attrgetter("real.zz")(5), lambda: methodcaller("zz")(5), lambda: methodcaller("upper", 1)("a"), lambda: itemgetter()(1), lambda: attrgetter(1), lambda: methodcaller(1), lambda: itemgetter(0)(), lambda: attrgetter("a")(1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(repr(itemgetter(1, 2)), repr(attrgetter("a.b", "c")), repr(methodcaller("f", 1, k="v")), type(itemgetter(0)).__name__); import functools; print(functools.reduce(mul, range(1, 6)), list(map(neg, [1, -2])), list(map(truth, [0, "a"])), sum(map(mul, [1, 2], [3, 4])), all(map(lt, [1, 2], [2, 3])), [f(6, 3) for f in (add, sub, mul, truediv, floordiv, mod, pow, lshift, rshift, and_, or_, xor, eq, ne, lt, le, gt, ge)], contains([1, 2], 2), countOf("banana", "a"), indexOf("banana", "n"), concat("a", "b"), is_(None, None), not_([]), abs(-3), invert(5), pos(-1), index(True), length_hint(range(5)))
