# Every dict method and its errors.
d = {"a": 1, "b": 2}
print(d["a"], d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d.pop("c"), d.pop("q", "dflt"), len(d), "a" in d, "z" not in d, list(d), list(d.keys()), list(d.values()), list(d.items()))
d.update({"x": 1}); d.update([("y", 2)], z=3); d.update(w=4); d.update(); d |= {"v": 5}; d |= [("u", 6)]; print(d, d | {"a": 0}, {"k": 1} | d == {**{"k": 1}, **d})
print(d.popitem(), d.popitem(), d.copy() == d, d.copy() is d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(d) == d, dict(a=1, b=2), dict([("a", 1)]), dict(["ab", "cd"]), dict({"p": 1}, q=2), dict(zip("xy", (1, 2))), list(reversed(d)), list(reversed(d.items()))[0])
d.clear(); print(d, bool(d))
for st in ("d['k']", "d.pop('k')", "d.popitem()", "d[[]]", "{}[{}]", "d.get()", "d.get([])", "d.update(5)", "d.update([1])", "d.update([(1,)])", "d.update([(1, 2, 3)])", "d.update('ab')", "d.update(None)", "dict(1)", "dict(1, 2)", "dict([1, 2])", "dict.fromkeys(5)", "dict.fromkeys()", "dict.fromkeys([[]])", "d | 1", "d | [(1, 2)]", "[] | d", "d < d", "d + d", "hash(d)", "{[]: 1}", "{**1}", "dict(**{1: 2})", "d.setdefault()", "d.setdefault([])", "d.nope", "d.keys(1)", "d.pop()", "d.pop(1, 2, 3)", "d.items() + 1", "d.copy(1)", "reversed(d.keys()).x", "d == 1", "d != 1", "d.__getitem__('q')", "d.fromkeys('a', 1, 2)", "[] in d", "d()", "-d", "{1: 2, **{1: 3}}", "{**{'a': 1}, 'a': 2}"):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
for st in ("del d['k']", "d |= 5", "d |= [1]", "d += {}", "d.x = 1", "d[[]] = 1", "del d[[]]"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
print({1: "a", 1.0: "b", True: "c"}, {0: 1, False: 2, 0.0: 3}, {"a": 1} == {"a": 1.0}, {1: 2} == {1: 3}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == {}, {1: 1} != {2: 2}, {None: 1, (): 2, "": 3, 0: 4}, {float("nan"): 1} == {float("nan"): 1})
class K:
    def __getitem__(self, k): return k * 2
    def keys(self): return ["m", "n"]
print(dict(K()), {**K()}, {}.update(K()), sorted(m for m in dir(dict) if not m.startswith("_")))
