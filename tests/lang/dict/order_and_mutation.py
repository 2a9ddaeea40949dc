# Insertion order, resizing, changes during iteration.
d = {}
for k in "zyxab": d[k] = ord(k)
print(d); del d["x"]; d["x"] = 0; print(list(d)); d["z"] = "updated"; print(list(d.items())[0]); d.pop("y"); d["y"] = 1; print(list(d))
for change in ("d['new'] = 1", "del d['a']", "d.clear()", "d.pop('b')", "d.popitem()", "d.update(q=1, r=2)"):
    d = dict.fromkeys("abc")
    try:
        for k in d: exec(change)
        print(change, "finished", list(d))
    except RuntimeError as e: print(change, "->", e)
    except KeyError as e: print(change, "-> KeyError", e)
d = dict.fromkeys("abc")
for k in d: d[k] = k.upper()
print(d)
for k in list(d):
    if k != "b": del d[k]
print(d)
d = {1: 1, 2: 2}
try:
    for k in d: del d[k]; d[k + 10] = 1
except RuntimeError as e: print(e)
it = iter({1: 2}); print(next(it), next(it, "end"), it.__length_hint__(), type(it).__name__)
d = {}
for i in range(1000): d[i] = i
for i in range(0, 1000, 2): del d[i]
for i in range(500): d[i] = -i
print(len(d), list(d)[:5], list(d)[-5:], sum(d.values()), d[499], 998 in d)
for i in list(d): del d[i]
print(d, len(d)); d["fresh"] = 1; print(d)
class H:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 3
    def __eq__(self, o): return self.n == o.n
    def __repr__(self): return f"H{self.n}"
c = {H(i): i for i in range(12)}
print(c[H(5)], H(11) in c, H(12) in c, len(c)); del c[H(4)]; print(list(c), c.pop(H(7)), H(4) in c); c[H(4)] = "again"; print(list(c)[-1])
class BadHash:
    def __hash__(self): raise ValueError("no hash")
class BadEq:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError("no eq")
for f in (lambda: {BadHash(): 1}, lambda: {}[BadHash()], lambda: {1: 2}[BadEq()], lambda: {BadEq(): 1, BadEq(): 2}, lambda: BadHash() in {}, lambda: {}.get(BadHash())):
    try: f()
    except ValueError as e: print(e)
e = BadEq(); print({e: "same object"}[e])
k1, k2 = 1, 1.0; d = {k1: "int"}; d[k2] = "float"; print(d); d = {}; d[True] = 1; d[1] = 2; print(d)
class Mut:
    def __eq__(self, o): dd.clear(); return False
    def __hash__(self): return 0
dd = {0: "zero"}
try: print(dd.get(Mut()), dd)
except RuntimeError as x: print(x)
n = {}; n["self"] = n; print(n, n["self"] is n); m = {"l": [n]}; print(m)
print({i: {j: i * j for j in range(2)} for i in range(2)}, {**{"a": 1}, "b": 2, **{"a": 3}}, dict(a=1) | dict(b=2) | dict(a=9))
x = {}; x[x.__len__()] = 1; x[len(x)] = 2; print(x); a, b = {"p": 1, "q": 2}; print(a, b, *{"k": 1}, [*{"z": 0}], {**{}}, {1} | {1: 2}.keys())
