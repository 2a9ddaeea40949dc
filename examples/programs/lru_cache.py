"""A least-recently-used cache three ways: linked list, ordered dictionary, and functools.

    lru_cache.py [CAPACITY ACCESSES]
"""
import functools
import sys
from collections import OrderedDict


class LinkedCache:
    """A dictionary over a circular doubly linked list; the head is a sentinel."""

    class Link:
        __slots__ = ("key", "value", "before", "after")

        def __init__(self, key=None, value=None):
            self.key, self.value = key, value
            self.before = self.after = self

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError("capacity must be at least 1")
        self.capacity = capacity
        self.links = {}
        self.head = self.Link()
        self.hits = self.misses = self.evictions = 0

    def unlink(self, link):
        link.before.after, link.after.before = link.after, link.before

    def put_first(self, link):
        link.before, link.after = self.head, self.head.after
        self.head.after.before = link
        self.head.after = link

    def get(self, key, default=None):
        link = self.links.get(key)
        if link is None:
            self.misses += 1
            return default
        self.hits += 1
        self.unlink(link)
        self.put_first(link)
        return link.value

    def put(self, key, value):
        link = self.links.get(key)
        if link is not None:
            link.value = value
            self.unlink(link)
        else:
            if len(self.links) == self.capacity:
                oldest = self.head.before
                self.unlink(oldest)
                del self.links[oldest.key]
                self.evictions += 1
            link = self.links[key] = self.Link(key, value)
        self.put_first(link)

    def __len__(self):
        return len(self.links)

    def __iter__(self):
        """Keys, the most recent first."""
        link = self.head.after
        while link is not self.head:
            yield link.key
            link = link.after


class OrderedCache(OrderedDict):
    """The same on an OrderedDict, the most recent last."""

    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self.hits = self.misses = self.evictions = 0

    def get(self, key, default=None):
        if key not in self:
            self.misses += 1
            return default
        self.hits += 1
        self.move_to_end(key)
        return self[key]

    def put(self, key, value):
        if key in self:
            self.move_to_end(key)
        elif len(self) == self.capacity:
            self.popitem(last=False)
            self.evictions += 1
        self[key] = value


def accesses(n, spread):
    """Keys with a bias to small ones."""
    state = 7
    for _ in range(n):
        state = state * 48271 % 2147483647
        a = state % spread
        state = state * 48271 % 2147483647
        yield min(a, state % spread)


def exercise(cache, keys):
    total = 0
    for key in keys:
        value = cache.get(key)
        if value is None:
            value = key * key
            cache.put(key, value)
        total += value
    return total


def main(argv):
    capacity, n = (int(arg) for arg in argv[1:3]) if len(argv) > 2 else (32, 20000)
    keys = list(accesses(n, 4 * capacity))
    for cache in (LinkedCache(capacity), OrderedCache(capacity)):
        total = exercise(cache, keys)
        order = list(cache) if isinstance(cache, LinkedCache) else list(reversed(cache))
        print(f"{type(cache).__name__:<13} total {total} hits {cache.hits} misses {cache.misses} evictions {cache.evictions}")
        print("  most recent:", order[:10])

    @functools.lru_cache(maxsize=capacity)
    def square(key):
        return key * key

    print(f"{'functools':<13} total {sum(map(square, keys))} {square.cache_info()}")

    @functools.lru_cache(maxsize=None)
    def ways(n, coins=(1, 2, 5, 10, 20, 50, 100, 200)):
        if n == 0:
            return 1
        return sum(ways(n - coin, tuple(c for c in coins if c <= coin)) for coin in coins if coin <= n)

    print("ways to pay 200:", ways(200), ways.cache_info())
    try:
        LinkedCache(0)
    except ValueError as error:
        print("error:", error)


if __name__ == "__main__":
    main(sys.argv)
