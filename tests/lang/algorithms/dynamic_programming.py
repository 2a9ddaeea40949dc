# Knapsack, coin change, LIS, edit, partitions, matrix chain, subset sum.
from functools import lru_cache
def knap(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1): best[c] = max(best[c], best[c - w] + v)
    return best[cap]
def coins(cs, n):
    ways = [1] + [0] * n
    for c in cs:
        for i in range(c, n + 1): ways[i] += ways[i - c]
    return ways[n]
def fewest(cs, n):
    best = [0] + [None] * n
    for i in range(1, n + 1): best[i] = min((best[i - c] + 1 for c in cs if c <= i and best[i - c] is not None), default=None)
    return best[n]
def lis(a):
    best = []
    for i, x in enumerate(a): best.append(max((best[j] for j in range(i) if a[j] < x), key=len, default=[]) + [x])
    return max(best, key=len, default=[])
@lru_cache(None)
def parts(n, k): return 1 if n == 0 else sum(parts(n - i, i) for i in range(1, min(n, k) + 1))
@lru_cache(None)
def grid(r, c): return 1 if r == 0 or c == 0 else grid(r - 1, c) + grid(r, c - 1)
def chain(d):
    n = len(d) - 1; m = [[0] * n for _ in range(n)]
    for l in range(1, n):
        for i in range(n - l): j = i + l; m[i][j] = min(m[i][k] + m[k + 1][j] + d[i] * d[k + 1] * d[j + 1] for k in range(i, j))
    return m[0][-1]
def subset(xs, t): 
    reach = {0: []}
    for x in xs:
        for s, u in list(reach.items()): reach.setdefault(s + x, u + [x])
    return reach.get(t)
def maxsub(a):
    best = cur = a[0]
    for x in a[1:]: cur = max(x, cur + x); best = max(best, cur)
    return best
print(knap([(1, 1), (3, 4), (4, 5), (5, 7)], 7), coins([1, 2, 5, 10], 50), fewest([1, 5, 12], 16), fewest([5], 3), lis([3, 1, 4, 1, 5, 9, 2, 6]), parts(30, 30), grid(10, 10), chain([10, 30, 5, 60]), subset([3, 34, 4, 12, 5, 2], 9), subset([2, 4], 7), maxsub([-2, 1, -3, 4, -1, 2, 1, -5, 4]))
