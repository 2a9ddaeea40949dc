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
    "{1} | frozenset({2})",
    "s == 5",
    "s != [1, 2, 3]",
    "s.pop(1)",
    "s.remove([])",
    "s.isdisjoint(5)",
    "s.issubset(5)",
    "-s",
    "s * 2",
    "s.nope",
    "frozenset([[]])",
    "{*()}",
    "{*'a', *[1]} - {1}",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
for st in ("s += {1}", "s |= [1]", "s -= 5", "f = frozenset([1]); f |= {2}; print(sorted(f))", "del s[0]", "s.x = 1", "for x in s: s.add(x + 100)"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
class S(set): pass
class F(frozenset): pass
print(S([1]), type(S([1]) | {2}), type({1} | S([2])), S([1]) == {1}, F([1]), type(F([1]) & {1}), type(F([1]).copy()), F() == set(), S().__class__, type(S([1]).copy()), frozenset(f := frozenset([1])) is f, {1, 2} - frozenset({1}), type(frozenset() | set()), type(set() | frozenset()))
n = {frozenset({frozenset()}), frozenset()}
print(len(n), frozenset() in n, set() in n, {frozenset()} in [{frozenset()}])
x = set()
[x.add(i * 37 % 1000) for i in range(1000)]
[x.discard(i) for i in range(0, 1000, 3)]
print(len(x), sum(x), min(x), max(x), sorted(x)[:5])
[x.remove(y) for y in list(x)]
print(x)
t = {1, 2, 3}
t2 = t
t2 |= {4}
print(t)
t2 = t2 | {5}
print(sorted(t), t.pop() in {1, 2, 3, 4}, len(t))
it = iter({7})
print(next(it), next(it, "end"), type(it).__name__)
print(sorted(m for m in dir(set) if not m.startswith("_")), sorted(set(dir(set)) - set(dir(frozenset)) - {"__ior__", "__iand__", "__isub__", "__ixor__"}))
print({None, 0, "", ()} == {0, None, (), ""}, {float("nan")} == {float("nan")}, max({1, 2}, {1}, key=len), [sorted(p) for p in ({1, 2}, {0})], sum({1, 2}), sorted({"b", "a"}), {i % 3 for i in range(9)} == {0, 1, 2}, all({1}), any({0}), len({*range(100), *range(50)}))
