# abs, divmod, pow, round, sum, min, max.
from functools import partial
print(abs(-5), abs(5.5), abs(-2**70), abs(3+4j), abs(True), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(2**70, 7), pow(2, 3), pow(2.0, 3), pow(2, -1), pow(2, 3, 5), round(2.5), round(3.5), round(2.567, 2), round(1234, -2), round(True), sum([1, 2, 3]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum((i for i in range(4)), start=10), sum([1, 2.5, 3j]), sum([2**62, 2**62]), sum([0.1] * 10), sum([True, False]))
print(min(3, 1, 2), max([1, 5, 2]), min("hello"), max({"a": 1, "b": 2}), min([], default=7), max([], default=None), min(5, 3, key=lambda x: -x), max("aB", key=str.lower), min([(1, "b"), (1, "a")]), max(1, 1.0), max(1.0, 1), min("a", "A"), max([[1, 2], [1]]), min(iter([3, 2])), max(range(5), key=lambda x: x % 3), min(-0.0, 0.0), max([0], [1, 2], key=len), min(x for x in (2,)), max(*"abc"))
for c in (
    "abs()",
    "abs('a')",
    "abs([])",
    "divmod(1)",
    "divmod('a', 1)",
    "divmod(1, 0)",
    "divmod(1.0, 0)",
    "pow(1)",
    "pow('a', 2)",
    "pow(2, 3, 0)",
    "pow(2, 3, 'a')",
    "round()",
    "round('a')",
    "round(1, 'a')",
    "round(1.5, 2, 3)",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
