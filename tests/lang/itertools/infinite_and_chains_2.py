# count, cycle, repeat, chain, islice, zip_longest, tee, pairwise.
from itertools import *
import itertools
a, b = tee("abc")
x, y, z = tee(range(3), 3)
c = count(5)
r = repeat(7, 3)
for s in (
    "type(chain(5))",
    "list(chain(5))",
    "list(chain('a', 5))",
    "chain.from_iterable(5)",
    "list(chain.from_iterable([1]))",
    "zip_longest(5)",
    "zip_longest('a', foo=1)",
    "tee(5)",
    "tee('a', -1)",
    "tee('a', 'b')",
    "pairwise(5)",
    "pairwise()",
    "list(islice(count(), 3, 1))",
    "repeat(object=1, times=2)",
    "count(start=1, step=2)",
    "count(step=5)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
it = iter(range(10))
print(list(islice(it, 3)), list(islice(it, 2, 4)), next(it))
it = iter("abcdef")
print(list(islice(it, 1, 10, 2)), list(it))
def g(): print("start"); yield 1; print("mid"); yield 2; print("end")
print(list(chain(g(), [3])))
p = pairwise(g())
print(next(p))
t1, t2 = tee(g())
print(next(t1), next(t2), next(t1))
print(list(islice(cycle(x for x in "xy"), 5)))
print(sorted(n for n in dir(itertools) if not n.startswith("_")), sum(islice(count(1), 100)), list(zip(count(), "ab")), dict(zip("ab", count(1))), list(takewhile(lambda x: x < 3, count())), [*islice(accumulate(count(1)), 5)], list(chain.from_iterable(repeat([1, 2], 2))), next(dropwhile(lambda x: x < 10, count())), list(compress(count(), [1, 0, 1])))
