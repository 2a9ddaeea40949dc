# Stability, keys, comparison protocol, errors and mutation while sorting.
import functools
data = [(1, "b"), (0, "z"), (1, "a"), (0, "a")]
print(sorted(data), sorted(data, key=lambda t: t[0]), sorted(data, key=lambda t: t[1], reverse=True), sorted(data, reverse=True))
print(sorted("banana"), sorted({3: 1, 1: 2}), sorted([]), sorted([1]), sorted([2, 1.5, True, 10**20]), sorted(["b", "A", "a", "B"], key=str.lower), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)), sorted([[2], [1, 5], [1]]), sorted(["é", "z", "a", "中"]))
class C:
    n = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): C.n += 1; return self.v < o.v
    def __repr__(self): return f"C{self.v}"
print(sorted(map(C, [3, 1, 2])), C.n > 0, max(map(C, [1, 5, 2]), key=lambda c: c.v), [c.v for c in sorted([C(2), C(1)], reverse=True)])
for bad in ([1, "a"], [None, 1], [1j, 2j], [{}, {}], [object(), object()], ["a", b"b"], [(1, "a"), (1, 2)], [[1], (1,)]):
    try: sorted(bad)
    except TypeError as e: print(e)
l = [5, 3, 4, 1, 2]
def key(x):
    if x == 3: print(l, len(l))
    return x
l.sort(key=key); print(l)
l = [3, 2, 1]
def mutate(x): l.append(9); return x
try: l.sort(key=mutate)
except ValueError as e: print(e, l)
l = [3, 1, 2]
def boom(x):
    if x == 2: raise KeyError("boom")
    return x
try: l.sort(key=boom)
except KeyError as e: print(repr(e), l)
class Boom(int):
    def __lt__(self, o): raise ValueError("no order")
try: sorted([Boom(1), Boom(2)])
except ValueError as e: print(e)
class Weird:
    def __lt__(self, o): return "truthy"
print(len(sorted([Weird(), Weird()])))
import random
r = random.Random(42)
for n in (0, 1, 2, 31, 32, 33, 63, 64, 65, 100, 1000, 5000):
    xs = [r.randrange(n + 1) for _ in range(n)]
    a = sorted(xs); assert all(a[i] <= a[i + 1] for i in range(n - 1)) and sorted(a) == a and sorted(a[::-1]) == a
    pairs = [(x, i) for i, x in enumerate(xs)]
    s = sorted(pairs, key=lambda p: p[0]); assert s == sorted(pairs)
    s = sorted(pairs, key=lambda p: p[0], reverse=True); assert all(s[i][0] > s[i + 1][0] or s[i][1] < s[i + 1][1] for i in range(n - 1))
    ys = [str(x) for x in xs]; assert sorted(ys) == sorted(ys[::-1]); fl = [x / 3 for x in xs]; assert sorted(fl) == [x / 3 for x in a]
    runs = a[n // 2:] + a[:n // 2]; assert sorted(runs) == a
    print(n, a[:3], a[-2:])
print(sorted([float("inf"), -1, 0.5, 10**400]), sorted([0.0, -0.0]), sorted([True, False, 2]), sorted(range(5), key=lambda x: (x % 2, -x)), sorted(["10", "9", "1"], key=int), sorted([(2, [1]), (1, [2])]))
