# accumulate, compress, dropwhile, takewhile, filterfalse, groupby, starmap.
from itertools import *
import operator
for k, g in groupby("aabbbca"): print(k, list(g), end=" ")
gs = groupby("aab")
k, g = next(gs)
k2, g2 = next(gs)
gs = groupby("aaab")
k, g = next(gs)
it = groupby([1, 1, 2])
a = [(k, g) for k, g in it]
for s in (
    "filterfalse(None)",
    "list(filterfalse(1, [1]))",
    "starmap(pow)",
    "list(starmap(pow, [1]))",
    "list(starmap(pow, [(1,)]))",
    "starmap(pow, 5)",
    "groupby()",
    "groupby(5)",
    "list(groupby([1], 5))",
    "list(groupby([1], key=len))",
    "accumulate([1], initial=1, foo=2)",
    "compress(data='ab', selectors=[0, 1]).__next__()",
    "groupby(iterable='a', key=None).__next__()[0]",
):
    try: print(s, "=", eval(s) if "__next__" in s else type(eval(s)).__name__)
    except Exception as e: print(s, "->", type(e).__name__, e)
def boom(x):
    if x == 2: raise ValueError("boom")
    return x
for f in (lambda: list(takewhile(boom, [1, 2])), lambda: list(dropwhile(boom, [1, 2])), lambda: list(filterfalse(boom, [0, 2])), lambda: list(groupby([1, 2], boom)), lambda: list(accumulate([1, 2], lambda a, b: boom(b))), lambda: list(starmap(boom, [(1,), (2,)]))):
    try: print(f())
    except ValueError as e: print(e)
print(type(groupby("a")).__name__, type(next(groupby("a"))[1]).__name__, next(accumulate([7])), [*map(operator.itemgetter(0), groupby("xyx"))], max(len(list(g)) for k, g in groupby("abbbcc")), [list(g) for _, g in groupby([1, 2, 4, 5, 7], lambda x, c=count(): next(c) - x)])
