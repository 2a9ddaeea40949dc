"""Dictionaries: counting, lookup of ints, strings and tuples, deletion, iteration."""


def run():
    counts = {}
    for i in range(1500000):
        k = i * 7919 % 1009
        counts[k] = counts.get(k, 0) + 1
    words = ["w%d" % i for i in range(1000)]
    index = {w: i for i, w in enumerate(words)}
    total = 0
    for _ in range(2000):
        for w in words:
            total += index[w]
    grid = {(x, y): x ^ y for x in range(300) for y in range(300)}
    for x in range(300):
        for y in range(x):
            if (y, x) in grid:
                total += grid[x, y]
    for key in list(grid)[::2]:
        del grid[key]
    for k, v in grid.items():
        total += v
    return len(counts), total, len(grid), sum(counts.values())


print(run())
