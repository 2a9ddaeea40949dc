# Recipes that people build from itertools.
from itertools import *
import collections, operator, random
def take(n, it): return list(islice(it, n))
def flatten(l): return chain.from_iterable(l)
def powerset(it): s = list(it); return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))
def sliding(it, n):
    it = iter(it); w = collections.deque(islice(it, n - 1), maxlen=n)
    for x in it: w.append(x); yield tuple(w)
def grouper(it, n, fill=None): return zip_longest(*[iter(it)] * n, fillvalue=fill)
def roundrobin(*its):
    nexts = cycle(iter(i).__next__ for i in its); left = len(its)
    while left:
        try:
            for n in nexts: yield n()
        except StopIteration: left -= 1; nexts = cycle(islice(nexts, left))
def partition(p, it): a, b = tee(it); return list(filterfalse(p, a)), list(filter(p, b))
def unique(it, key=None):
    seen = set()
    for x in it:
        k = key(x) if key else x
        if k not in seen: seen.add(k); yield x
def batched(it, n):
    it = iter(it)
    while b := tuple(islice(it, n)): yield b
print(take(3, count()), list(flatten([[1], [2, 3]])), list(powerset("abc")), list(sliding("abcde", 3)), list(grouper("abcdefg", 3, "x")), list(roundrobin("ABC", "D", "EF")), partition(lambda x: x % 2, range(6)), list(unique("AbaBc", str.lower)), list(batched(range(7), 3)))
print(sum(map(operator.mul, [1, 2], [3, 4])), all(a <= b for a, b in pairwise([1, 2, 2])), next(compress(count(), map(lambda x: x > 3, [1, 5])), None), list(accumulate(chain([10], repeat(0.5, 3)), lambda v, _: v * 2)), sum(1 for _ in takewhile(lambda x: x < 100, accumulate(count(1)))), [k for k, g in groupby("aabbcc") if len(list(g)) == 2], dict(zip("abc", cycle([1, 2]))), list(starmap(divmod, zip([7, 8], [2, 3]))), max(len(list(g)) for _, g in groupby("aaabcc")), list(islice(chain.from_iterable(product([0, 1], repeat=2)), 5)))
