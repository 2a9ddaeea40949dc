"""itertools, functools, collections and operator at work."""
import collections
import functools
import itertools
import operator


@functools.lru_cache(maxsize=None)
def ways(n, k):
    if n == 0:
        return 1
    return sum(ways(n - i, i) for i in range(1, min(n, k) + 1))


def run():
    total = sum(a * b for a, b in itertools.product(range(1500), repeat=2))
    total += sum(1 for p in itertools.permutations(range(9)) if p[0] < p[-1])
    total += sum(map(sum, itertools.combinations(range(32), 4)))
    total += functools.reduce(operator.add, itertools.accumulate(range(100000)))
    counts = collections.Counter(i % 101 for i in range(900000))
    groups = collections.defaultdict(list)
    for i in range(200000):
        groups[i % 97].append(i)
    window = collections.deque(maxlen=50)
    for i in range(900000):
        window.append(i)
    chained = sum(itertools.islice(itertools.chain.from_iterable(groups.values()), 100000))
    return total, counts.most_common(2), len(groups), sum(window), chained, ways(70, 70)


print(run())
