"""Generators: plain, nested with yield from, pipelines, send."""


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x


def average():
    total = n = 0
    value = None
    while True:
        value = yield value
        total += value
        n += 1
        value = total // n


def run():
    a = sum(count(3000000))
    b = sum(tree(16))
    c = sum(x * x for x in evens(count(800000)))
    averager = average()
    next(averager)
    for i in range(1500000):
        d = averager.send(i)
    return a, b, c, d


print(run())
