"""Recursion with memory: lru_cache, dicts, edit distance, partitions, knapsack, subsets."""
from functools import cache, lru_cache


@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@cache
def partitions(n, largest):
    if n == 0:
        return 1
    return sum(partitions(n - k, min(k, n - k)) for k in range(1, min(largest, n) + 1))


def distance(a, b):
    memo = {}

    def go(i, j):
        if i == 0 or j == 0:
            return i + j
        key = i, j
        if key not in memo:
            memo[key] = go(i - 1, j - 1) if a[i - 1] == b[j - 1] else 1 + min(go(i - 1, j), go(i, j - 1), go(i - 1, j - 1))
        return memo[key]
    return go(len(a), len(b))


def subsets(items, total, i=0):
    if total == 0:
        return 1
    if total < 0 or i == len(items):
        return 0
    return subsets(items, total - items[i], i + 1) + subsets(items, total, i + 1)


print(fibonacci(300), partitions(120, 120))
print(distance("the quick brown fox jumps over the lazy dog" * 4, "pack my box with five dozen liquor jugs" * 4))
print(subsets(list(range(1, 22)), 80))
for n in range(300):
    fibonacci.cache_clear()
    fibonacci(250)
print(fibonacci.cache_info())
