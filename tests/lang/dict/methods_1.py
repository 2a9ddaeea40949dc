# Every dict method and its errors.
d = {"a": 1, "b": 2}
print(d["a"], d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d.pop("c"), d.pop("q", "dflt"), len(d), "a" in d, "z" not in d, list(d), list(d.keys()), list(d.values()), list(d.items()))
d.update({"x": 1})
d.update([("y", 2)], z=3)
d.update(w=4)
d.update()
d |= {"v": 5}
d |= [("u", 6)]
print(d, d | {"a": 0}, {"k": 1} | d == {**{"k": 1}, **d})
print(d.popitem(), d.popitem(), d.copy() == d, d.copy() is d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(d) == d, dict(a=1, b=2), dict([("a", 1)]), dict(["ab", "cd"]), dict({"p": 1}, q=2), dict(zip("xy", (1, 2))), list(reversed(d)), list(reversed(d.items()))[0])
d.clear()
print(d, bool(d))
for st in (
    "d['k']",
    "d.pop('k')",
    "d.popitem()",
    "d[[]]",
    "{}[{}]",
    "d.get()",
    "d.get([])",
    "d.update(5)",
    "d.update([1])",
    "d.update([(1,)])",
    "d.update([(1, 2, 3)])",
    "d.update('ab')",
    "d.update(None)",
    "dict(1)",
    "dict(1, 2)",
    "dict([1, 2])",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
