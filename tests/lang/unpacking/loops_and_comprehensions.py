# Unpacking in for, comprehensions, with and match.
pairs = [(1, "a"), (2, "b")]; nested = [(1, (2, 3)), (4, (5, 6))]; ragged = [(1,), (1, 2), (1, 2, 3)]
for i, c in pairs: print(i, c, end=" ")
for a, (b, c) in nested: print(a + b + c, end=" ")
for h, *t in ragged: print(h, t, end=" ")
for *i, l in ragged: print(i, l, end=" ")
for i, (a, b) in enumerate(pairs): print(i, a, b, end=" ")
for (a, b), c in zip(pairs, "xy"): print(a, b, c, end=" ")
for k, v in {"x": 1}.items(): print(k, v, end=" ")
for [a, [b, c]] in nested: print(a, b, c, end=" ")
for a, in [(1,), "x"]: print(a, end=" ")
print(); print([a + b for a, (b, _) in nested], {k: v for v, k in pairs}, {t for _, *t_ in ragged for t in t_}, [x for h, *x in ragged if x], list(a * b for a, (b, c) in nested), [(a, b) for a, b in ["xy", [1, 2]]], dict((b, a) for a, b in pairs), [i for i, _ in enumerate("ab")], max(v for _, v in pairs), [*zip(*pairs)], [sum(p) for p in zip(*[(1, 2), (3, 4)])])
for bad in ([(1, 2, 3)], [1], [()], ["abc"], [None]):
    try:
        for a, b in bad: pass
    except (ValueError, TypeError) as e: print(e)
    try: [a for a, b in bad]
    except (ValueError, TypeError) as e: print(e)
d = {}
for d["key"], d["val"] in pairs: pass
print(d); l = [0] * 2
for l[0], l[1] in pairs: print(l)
class O: pass
o = O()
for o.x, *o.y in ragged: pass
print(o.x, o.y)
