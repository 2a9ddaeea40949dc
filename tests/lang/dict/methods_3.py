# Every dict method and its errors.
d = {"a": 1, "b": 2}
d.update({"x": 1})
d.update([("y", 2)], z=3)
d.update(w=4)
d.update()
d |= {"v": 5}
d |= [("u", 6)]
d.clear()
for st in (
    "d.pop()",
    "d.pop(1, 2, 3)",
    "d.items() + 1",
    "d.copy(1)",
    "reversed(d.keys()).x",
    "d == 1",
    "d != 1",
    "d.__getitem__('q')",
    "d.fromkeys('a', 1, 2)",
    "[] in d",
    "d()",
    "-d",
    "{1: 2, **{1: 3}}",
    "{**{'a': 1}, 'a': 2}",
):
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
