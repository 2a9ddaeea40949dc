# Sets and frozensets.
s = {3, 1, 2}
a, b = {1, 2, 3}, {3, 4}
c = set(a)
c.add(5)
c.add(5)
c.discard(99)
c.remove(1)
c.update([7], {8: 1}, "x")
c |= {10}
c &= {5, 7, 10, "x"}
c -= {"x"}
c ^= {7, 11}
c.intersection_update([5, 11])
c.difference_update([5])
c.symmetric_difference_update([1])
c.clear()
for st in (
    "s < 5",
    "s <= [1]",
    "s + s",
    "s[0]",
    "hash(s)",
    "set(5)",
    "set(1, 2)",
    "set(x=1)",
    "s.union(5)",
    "s.update(5)",
    "s.intersection(5)",
    "frozenset(5)",
    "frozenset().add(1)",
    "frozenset({1}) | {2}",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
