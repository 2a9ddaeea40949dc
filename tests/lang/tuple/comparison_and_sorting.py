# Tuples compare element by element.
ts = [(1, 2), (1,), (), (1, 2, 0), (0, 9), (1, 3), (2,), (1, 2), (1.0, 2), (True, 2)]
print(sorted(ts), max(ts), min(ts), [a < b for a, b in zip(ts, ts[1:])], [a == ts[0] for a in ts], ts.count((1, 2)), ts.index((1, 3)))
print((1, "a") < (1, "b"), (1, "a") < (2, 1), ("a", 1) < ("b", None), (1, 2) == [1, 2], (1, (2, 3)) < (1, (2, 4)), (1, 2) <= (1, 2), (1,) > (), (float("nan"),) == (float("nan"),), (n := float("nan"), 1) == (n, 1), ((),) > (), (0,) < (0, 0))
for e in ("(1, 'a') < (1, 2)", "(1,) < [1]", "(1,) < 1", "() < None", "(1, None) < (1, 2)", "sorted([(1, 'a'), (1, 2)])", "max([(1, {}), (1, {})])", "(1, 2) + [3]", "(1,) * 1.5", "(1,) - (1,)"):
    try: print(e, eval(e))
    except TypeError as x: print(e, "->", x)
print(sorted([("b", 2), ("a", 2), ("a", 1)], key=lambda t: (-t[1], t[0])), sorted([(3, "c"), (1, "z")], reverse=True), min((("b", 1), ("a", 2)), key=lambda t: t[1]), hash((1, 2)) == hash((1.0, 2.0)), hash((1, 2)) != hash((2, 1)), hash(()) == hash(tuple()), {(1, 2): "x"}[(1.0, 2)], len({(1, 2), (1.0, 2.0), (2, 1)}))
a = (1, 2, 3); b, c = a[:2], a[2:]; print(b + c == a, b + c is a, (a, a)[0] is a, a[0:3] == a, tuple(list(a)) == a, a.__hash__() == hash(a), a != (1, 2), not a < a, a >= a, (a < (1, 2, 4)) + 1)
