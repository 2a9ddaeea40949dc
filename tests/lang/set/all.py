# Sets and frozensets.
s = {3, 1, 2}
print(sorted(s), len(s), 1 in s, 9 not in s, {1, 1.0, True}, set(), set("a"), set([1, 1]), frozenset(), frozenset("a"), {1} == frozenset({1}), hash(frozenset({1, 2})) == hash(frozenset({2, 1})), repr(frozenset([1])), repr(set()), {frozenset({1}): "k"}[frozenset({1})])
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, b - a, a.union(b, [9]), a.intersection([3], (3, 1)), a.difference([1], [2]), a.symmetric_difference([3, 7]), a <= {1, 2, 3}, a < a, a > {1}, a >= b, a.issubset(range(5)), a.issuperset([1]), a.isdisjoint([7]), a == {3, 2, 1}, a != b, {1} < {1, 2} < {1, 2, 3})
c = set(a); c.add(5); c.add(5); c.discard(99); c.remove(1); c.update([7], {8: 1}, "x"); print(sorted(map(str, c))); c |= {10}; c &= {5, 7, 10, "x"}; c -= {"x"}; c ^= {7, 11}; print(sorted(c)); c.intersection_update([5, 11]); c.difference_update([5]); c.symmetric_difference_update([1]); print(sorted(c)); c.clear(); print(c, c.copy(), bool(c))
for st in ("s.remove(99)", "set().pop()", "s.add([])", "s.add({1})", "{[]}", "{{}}", "{1: 2} in s", "[] in s", "{1} in s", "s.discard([])", "s | [1]", "s & 5", "s - 'a'", "s ^ None", "s < 5", "s <= [1]", "s + s", "s[0]", "hash(s)", "set(5)", "set(1, 2)", "set(x=1)", "s.union(5)", "s.update(5)", "s.intersection(5)", "frozenset(5)", "frozenset().add(1)", "frozenset({1}) | {2}", "{1} | frozenset({2})", "s == 5", "s != [1, 2, 3]", "s.pop(1)", "s.remove([])", "s.isdisjoint(5)", "s.issubset(5)", "-s", "s * 2", "s.nope", "frozenset([[]])", "{*()}", "{*'a', *[1]} - {1}"):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
for st in ("s += {1}", "s |= [1]", "s -= 5", "f = frozenset([1]); f |= {2}; print(sorted(f))", "del s[0]", "s.x = 1", "for x in s: s.add(x + 100)"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
class S(set): pass
class F(frozenset): pass
print(S([1]), type(S([1]) | {2}), type({1} | S([2])), S([1]) == {1}, F([1]), type(F([1]) & {1}), type(F([1]).copy()), F() == set(), S().__class__, type(S([1]).copy()), frozenset(f := frozenset([1])) is f, {1, 2} - frozenset({1}), type(frozenset() | set()), type(set() | frozenset()))
n = {frozenset({frozenset()}), frozenset()}; print(len(n), frozenset() in n, set() in n, {frozenset()} in [{frozenset()}])
x = set(); [x.add(i * 37 % 1000) for i in range(1000)]; [x.discard(i) for i in range(0, 1000, 3)]; print(len(x), sum(x), min(x), max(x), sorted(x)[:5]); [x.remove(y) for y in list(x)]; print(x)
t = {1, 2, 3}; t2 = t; t2 |= {4}; print(t); t2 = t2 | {5}; print(sorted(t), t.pop() in {1, 2, 3, 4}, len(t)); it = iter({7}); print(next(it), next(it, "end"), type(it).__name__)
print(sorted(m for m in dir(set) if not m.startswith("_")), sorted(set(dir(set)) - set(dir(frozenset)) - {"__ior__", "__iand__", "__isub__", "__ixor__"}))
print({None, 0, "", ()} == {0, None, (), ""}, {float("nan")} == {float("nan")}, max({1, 2}, {1}, key=len), [sorted(p) for p in ({1, 2}, {0})], sum({1, 2}), sorted({"b", "a"}), {i % 3 for i in range(9)} == {0, 1, 2}, all({1}), any({0}), len({*range(100), *range(50)}))
