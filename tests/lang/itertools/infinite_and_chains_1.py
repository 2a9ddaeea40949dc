# count, cycle, repeat, chain, islice, zip_longest, tee, pairwise.
from itertools import *
import itertools
print(list(islice(count(), 5)), list(islice(count(10, -3), 4)), list(islice(count(0.5, 0.25), 3)), list(islice(count(2**62), 3)), next(count(1j)), list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat("x", 3)), list(islice(repeat(1), 2)), list(repeat(1, 0)), list(repeat(1, -5)), list(map(pow, range(4), repeat(2))))
print(list(chain()), list(chain("ab", [1])), list(chain.from_iterable(["ab", [1]])), list(chain([], [[]])), list(islice("abcdef", 2)), list(islice("abcdef", 2, 4)), list(islice("abcdef", 1, None, 2)), list(islice("abc", 0)), list(islice("abc", 5)), list(islice(range(10), None, None, 3)), list(zip_longest("abc", "x")), list(zip_longest("ab", [1], range(3), fillvalue="-")), list(zip_longest()), list(pairwise("abcd")), list(pairwise("a")), list(pairwise([])))
a, b = tee("abc")
print(next(a), list(b), list(a))
x, y, z = tee(range(3), 3)
print(list(x), next(y), list(z), list(y))
print(tee([], 0), len(tee([1])))
c = count(5)
print(repr(c), next(c), repr(c), repr(count(1, 2)), repr(count(1.5)), repr(repeat("a")), repr(repeat("a", 2)), type(cycle("a")).__name__, type(chain()).__name__)
r = repeat(7, 3)
print(r.__length_hint__(), next(r), r.__length_hint__())
for s in (
    "islice('a')",
    "islice('a', -1)",
    "islice('a', 'b')",
    "list(islice('abc', 1, 0))",
    "list(islice('abc', 2, 1))",
    "islice('a', 1, 2, 0)",
    "islice(5, 1)",
    "islice('a', 1.5)",
    "count('a')",
    "count(1, 'a')",
    "count(1, 2, 3)",
    "cycle(5)",
    "cycle()",
    "repeat()",
    "repeat(1, 'a')",
    "repeat(1, 1.5)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
