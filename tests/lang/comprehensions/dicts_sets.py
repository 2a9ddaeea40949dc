# Dict and set comprehensions.
print({x: x * x for x in range(4)}, {k: v for v, k in enumerate("abc")}, {v: k for k, v in {"a": 1}.items()}, {(a, b): a * b for a in (1, 2) for b in (3,)})
print(sorted({x % 3 for x in range(10)}), {c for c in "a"}, sorted({(x, y) for x in range(2) for y in range(2) if x != y}), {x for x in []}, {})
print({i: [j for j in range(i)] for i in range(3)}, {k: {v: 1 for v in vs} for k, vs in {"x": [1, 2]}.items()}, {**{x: 1 for x in "ab"}, "c": 2})
print({x: 1 for x in "abca"}, {len(w): w for w in ["a", "bb", "cc"]}, list({3: 0, 1: 0, 2: 0}), {1: "a", True: "b", 1.0: "c"})
words = "the quick the lazy dog the".split()
counts = {w: words.count(w) for w in words}; print(counts, sorted(counts, key=counts.get, reverse=True))
print({k: v for k, v in zip("abc", range(9)) if v}, dict([(k, v) for k, v in [("z", 1)]]), {x: y for x in range(2) for y in range(3)})
for bad in ("{x: 1 for x in [[]]}", "{[] for x in [1]}", "{k: v for k, v in [1]}", "{k: v for k, v in ['abc']}", "{**{}, 'a': 1 for x in y}", "{*x for x in y}", "{x: 1, y for x in z}"):
    try: eval(bad)
    except SyntaxError as e: print(bad, "-> SyntaxError", e.msg)
    except Exception as e: print(bad, "->", type(e).__name__, e)
def order(x): print(x, end=" "); return x
print({order("k%d" % i): order("v%d" % i) for i in range(2)})
inv = {v: [k for k in counts if counts[k] == v] for v in set(counts.values())}; print(sorted(inv.items()))
print(frozenset(x for x in (1, 1)), {frozenset({x}) for x in (1,)}, {x: {y for y in (x, x + 1)} for x in (1,)}, {str(x): bool(x) for x in (0, 1, "", "a", None)})
d = {i: i for i in range(1000)}; print(len(d), sum(d.values()), {k: v for k, v in d.items() if k > 997})
d = {k: lambda: k for k in "ab"}; print([f() for f in d.values()])
print({a: b for a, b in ([1, 2], (3, 4), "56")}, {i for i in {1: 2}}, sorted({-x for x in {1, 2}}))
