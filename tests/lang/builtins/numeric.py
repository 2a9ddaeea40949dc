# abs, divmod, pow, round, sum, min, max.
from functools import partial
print(abs(-5), abs(5.5), abs(-2**70), abs(3+4j), abs(True), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(2**70, 7), pow(2, 3), pow(2.0, 3), pow(2, -1), pow(2, 3, 5), round(2.5), round(3.5), round(2.567, 2), round(1234, -2), round(True), sum([1, 2, 3]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum((i for i in range(4)), start=10), sum([1, 2.5, 3j]), sum([2**62, 2**62]), sum([0.1] * 10), sum([True, False]))
print(min(3, 1, 2), max([1, 5, 2]), min("hello"), max({"a": 1, "b": 2}), min([], default=7), max([], default=None), min(5, 3, key=lambda x: -x), max("aB", key=str.lower), min([(1, "b"), (1, "a")]), max(1, 1.0), max(1.0, 1), min("a", "A"), max([[1, 2], [1]]), min(iter([3, 2])), max(range(5), key=lambda x: x % 3), min(-0.0, 0.0), max([0], [1, 2], key=len), min(x for x in (2,)), max(*"abc"))
for c in ("abs()", "abs('a')", "abs([])", "divmod(1)", "divmod('a', 1)", "divmod(1, 0)", "divmod(1.0, 0)", "pow(1)", "pow('a', 2)", "pow(2, 3, 0)", "pow(2, 3, 'a')", "round()", "round('a')", "round(1, 'a')", "round(1.5, 2, 3)", "round([])", "sum()", "sum(5)", "sum(['a'])", "sum([[]])", "sum(['a'], 'b')", "sum([b'a'], b'')", "sum([1], start='a')", "sum([bytearray()], bytearray())", "min()", "min([])", "min(5)", "min(1, 'a')", "min([1, 'a'])", "min(1, 2, key=5)", "min(1, 2, default=3)", "min([1], foo=2)", "max(None)", "max([], default=1, key=5)", "max((x for x in []))", "min(1, 2, key=None)", "max({})", "round(number=1.5)", "round(1.25, ndigits=1)", "pow(base=2, exp=3, mod=5)", "sum(iterable=[1])", "abs(x=1)", "max(1, key=len)"):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
class R:
    def __round__(self, n="none"): return f"round {n}"
    def __abs__(self): return "abs"
    def __divmod__(self, o): return "dm"
    def __radd__(self, o): return f"radd {o}"
    def __pow__(self, e, m=None): return f"pow {e} {m}"
    def __lt__(self, o): return True
    def __gt__(self, o): return False
r = R(); print(round(r), round(r, 2), round(r, None), abs(r), divmod(r, 1), sum([r]), pow(r, 2), pow(r, 2, 3), min(1, r) is r, max([r, r]) is r)
print([round(x, n) for x in (0.5, 1.5, 2.675, -1.5, 1e20, 123.456) for n in (0, 1, 2, -1)], [round(x) for x in (0.49999999999999994, 1e300, -0.0)], round(5, -1), round(15, -1), round(-5, -1), round(10**30 + 5, -1), round(123, 5), type(round(1.0)), type(round(1.0, 0)))
