# iter, next, enumerate, zip, map, filter, reversed, all, any, sorted.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate("a", start=-1)), list(enumerate("a", 2**70)), list(zip()), list(zip("ab")), list(zip("ab", [1, 2, 3], range(9))), list(zip("ab", "cd", strict=True)), list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(map(max, "ab", "ba", "ca")), list(filter(None, [0, 1, "", "a", None])), list(filter(str.isupper, "aBcD")), list(reversed([1, 2, 3])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({"a": 1, "b": 2})))
print(all([]), all([1, 2]), all([1, 0, 1 / 1]), any([]), any([0, ""]), any([0, 1]), all(x > 0 for x in [1, 2]), any(map(None.__class__.__bool__, [])) if 0 else "", sorted([3, 1], reverse=True), sorted("ba", key=ord), next(iter([1])), next(iter([]), "d"), list(iter([1, 2])), list(iter(iter([3]))))
vals = iter([1, 2, 3, 0, 5])
print(list(iter(lambda: next(vals), 0)), next(vals))
c = iter(lambda: 1, 1)
print(list(c), type(c).__name__)
for s in (
    "iter()",
    "iter(5)",
    "iter(5, 1)",
    "next()",
    "next(5)",
    "next([1])",
    "next(iter([]))",
    "next(iter([1]), 1, 2)",
    "enumerate()",
    "enumerate(5)",
    "enumerate([1], 'a')",
    "enumerate([1], foo=1)",
    "zip(1)",
    "zip([1], 2)",
    "list(zip([1], [], strict=True))",
):
    try: print(s, "=", eval(s))
    except BaseException as e: print(s, "->", type(e).__name__, e)
