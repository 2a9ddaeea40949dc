"""Generators in a pipeline: read, clean, split, filter, count, with itertools and generator expressions."""
from itertools import chain, groupby, islice


def lines(n):
    for i in range(n):
        yield f" {i % 97} alpha;beta{i % 13};{i} "


def cleaned(source):
    for line in source:
        line = line.strip()
        if line:
            yield line


def fields(source):
    for line in source:
        yield line.split(";")


def numbers(source):
    for first, second, third in source:
        if second != "beta5":
            yield int(first.split()[0]), int(third)


def running(source):
    total = 0
    for key, value in source:
        total += value
        yield key, total


def flat(tree):
    for node in tree:
        if isinstance(node, list):
            yield from flat(node)
        else:
            yield node


last = 0
for last in running(numbers(fields(cleaned(lines(120000))))):
    pass
print(last)
print(sum(x * x for x in (y + 1 for y in range(400000) if y % 3)))
tree = [1, [2, 3, [4, [5, 6]], 7], [[8], 9]] * 10000
print(sum(flat(tree)), sum(islice(chain.from_iterable(([i] * 3 for i in range(30000))), 80000)))
print(sum(len(list(g)) for k, g in groupby(range(250000), lambda n: n // 10)))
