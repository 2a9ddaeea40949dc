# Sets and frozensets.
s = {3, 1, 2}
print(sorted(s), len(s), 1 in s, 9 not in s, {1, 1.0, True}, set(), set("a"), set([1, 1]), frozenset(), frozenset("a"), {1} == frozenset({1}), hash(frozenset({1, 2})) == hash(frozenset({2, 1})), repr(frozenset([1])), repr(set()), {frozenset({1}): "k"}[frozenset({1})])
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, b - a, a.union(b, [9]), a.intersection([3], (3, 1)), a.difference([1], [2]), a.symmetric_difference([3, 7]), a <= {1, 2, 3}, a < a, a > {1}, a >= b, a.issubset(range(5)), a.issuperset([1]), a.isdisjoint([7]), a == {3, 2, 1}, a != b, {1} < {1, 2} < {1, 2, 3})
c = set(a)
c.add(5)
c.add(5)
c.discard(99)
c.remove(1)
c.update([7], {8: 1}, "x")
print(sorted(map(str, c)))
c |= {10}
c &= {5, 7, 10, "x"}
c -= {"x"}
c ^= {7, 11}
print(sorted(c))
c.intersection_update([5, 11])
c.difference_update([5])
c.symmetric_difference_update([1])
print(sorted(c))
c.clear()
print(c, c.copy(), bool(c))
for st in (
    "s.remove(99)",
    "set().pop()",
    "s.add([])",
    "s.add({1})",
    "{[]}",
    "{{}}",
    "{1: 2} in s",
    "[] in s",
    "{1} in s",
    "s.discard([])",
    "s | [1]",
    "s & 5",
    "s - 'a'",
    "s ^ None",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
