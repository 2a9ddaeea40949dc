"""Sorting with keys: lambda, attribute, tuple, reverse, and with __lt__."""


class Item:
    def __init__(self, name, n):
        self.name, self.n = name, n

    def __lt__(self, other):
        return self.n < other.n


def numbers(n, seed=7):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed


def run():
    items = [Item("n%d" % (n % 1000), n) for n in numbers(120000)]
    by_number = sorted(items, key=lambda i: i.n)
    by_both = sorted(items, key=lambda i: (i.name, -i.n))
    descending = sorted(items, key=lambda i: i.n, reverse=True)
    plain = sorted(items[:20000])
    return by_number[5].n, by_both[7].name, descending[3].n, plain[9].n


print(run())
