"""Unpacking tuples and lists, swapping, starred targets, several returns."""


def pairs(n):
    return [(i, i + 1) for i in range(n)]


def rotate(a, b, c, d):
    return b, c, d, a


def run():
    total, a, b, c, d = 0, 1, 2, 3, 4
    triple, four = (1, 2, 3), [1, 2, 3, 4]
    for _ in range(400000):
        x, y, z = triple
        p, q, r, s = four
        a, b, c, d = rotate(a, b, c, d)
        x, y = y, x
        x, y, z = z, x, y
        total += x + q + a
    for i, (x, y) in enumerate(pairs(400000)):
        total += x * y + i
    for first, *rest in [(1, 2, 3, 4)] * 150000:
        total += first + len(rest)
    for *most, last in [[1, 2, 3]] * 150000:
        total += last
    return total, a, b, c, d


print(run())
