# defaultdict: factories, nesting, missing.
from collections import defaultdict
d = defaultdict(int)
for c in "mississippi": d[c] += 1
print(dict(d), d["zz"], len(d), "qq" in d, d.get("qq"), d.pop("zz"), d.setdefault("new", 7), sorted(d.items()))
g = defaultdict(list); [g[len(w)].append(w) for w in "a bb cc ddd e".split()]; print(dict(g)); s = defaultdict(set); [s[k].add(v) for k, v in [("x", 1), ("x", 1), ("y", 2)]]; print(dict(s))
tree = lambda: defaultdict(tree); t = tree(); t["a"]["b"]["c"] = 1; t["a"]["d"]; print(list(t["a"]), t["a"]["b"]["c"])
n = 0
def factory():
    global n; n += 1; return n
f = defaultdict(factory); print(f["a"], f["b"], f["a"], n); f.default_factory = None
try: f["z"]
except KeyError as e: print("KeyError", e)
def fails(): raise ValueError("factory fails")
for fac in (fails, lambda x: x, None):
    try: defaultdict(fac)["k"]
    except (ValueError, TypeError, KeyError) as e: print(type(e).__name__, e)
class D(defaultdict):
    def __missing__(self, k): self[k] = v = f"made {k}"; return v
x = D(); print(x["q"], x, x.default_factory); print(defaultdict(int, {"a": 1}, b=2), defaultdict(list, [("k", [1])]) == {"k": [1]}, repr(defaultdict(None)), repr(defaultdict(int)), defaultdict(int).copy().default_factory, type(defaultdict(int) | {"a": 1}).__name__, type({"a": 1} | defaultdict(int)).__name__, defaultdict(lambda: 5)["z"], defaultdict(str)["k"] + "x", defaultdict(bool)["b"], {**defaultdict(int, a=1)}, list(defaultdict(int, b=1, a=2)))
r = defaultdict(list); r["me"].append(r); print(repr(r).count("..."))
