"""Tuples: packing, unpacking, swapping, comparison, as return values."""


def minmax(a, b):
    return (a, b) if a < b else (b, a)


def run(n):
    total = 0
    a, b, c = 1, 2, 3
    for i in range(n):
        a, b, c = b, c, a
        lo, hi = minmax(i, a)
        total += hi - lo
        p = (i, a, b)
        x, *rest = p
        if p > (i, 1, 0):
            total += x + len(rest)
    return total


print(run(1500000))
