# accumulate, compress, dropwhile, takewhile, filterfalse, groupby, starmap.
from itertools import *
import operator
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([], initial=5)), list(accumulate([1, 2], initial=10)), list(accumulate("abc")), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], func=lambda a, b: a - b, initial=None)), list(accumulate([[1], [2]], lambda a, b: a + b)), list(accumulate([5])), list(accumulate([])))
print(list(compress("abcd", [1, 0, 1])), list(compress("ab", [True, False, True])), list(dropwhile(lambda x: x < 3, [1, 3, 2, 5])), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(filterfalse(None, [0, 1, "", "a"])), list(starmap(pow, [(2, 3), [3, 2]])), list(starmap(lambda *a: a, ["ab", (1,), ()])), list(starmap(print, [])), list(compress([], [1])), list(takewhile(bool, [])), list(dropwhile(bool, [1, 1])))
for k, g in groupby("aabbbca"): print(k, list(g), end=" ")
print([(k, len(list(g))) for k, g in groupby([1, 1.0, True, 2])], [(k, list(g)) for k, g in groupby(range(6), lambda x: x // 2)], [k for k, g in groupby("aab")], [list(g) for k, g in groupby([])], [(k, "".join(g)) for k, g in groupby(sorted("banana"))], [(k, list(g)) for k, g in groupby(["a", "B", "b"], key=str.lower)])
gs = groupby("aab")
k, g = next(gs)
k2, g2 = next(gs)
print(k, list(g), k2, list(g2))
gs = groupby("aaab")
k, g = next(gs)
print(next(g), next(gs)[0], list(g))
it = groupby([1, 1, 2])
a = [(k, g) for k, g in it]
print([(k, list(g)) for k, g in a])
for s in (
    "accumulate()",
    "accumulate(5)",
    "accumulate([1], 5).__next__()",
    "list(accumulate([1, 2], 5))",
    "list(accumulate([1, 'a']))",
    "compress('a')",
    "compress(5, [1])",
    "compress('a', 5)",
    "dropwhile()",
    "dropwhile(1, 2)",
    "list(dropwhile(1, [2]))",
    "takewhile(None, 5)",
    "list(takewhile(None, [1]))",
):
    try: print(s, "=", eval(s) if "__next__" in s else type(eval(s)).__name__)
    except Exception as e: print(s, "->", type(e).__name__, e)
