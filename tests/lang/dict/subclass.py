# Subclasses of dict and __missing__.
class D(dict):
    def __missing__(self, k): return f"missing {k}"
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
    def __getitem__(self, k): return super().__getitem__(k)
d = D(a=1); d["b"] = 2; d.update(c=3); d.setdefault("e", 5)
print(d, d["zz"], d.get("zz"), d["B"], type(d.copy()), type(d | {}), isinstance(d, dict), d == {"a": 1, "B": 2, "c": 3, "e": 5}, D.fromkeys("x"), type(D.fromkeys("x")), {**d}, dict(d), list(d), len(d))
class Attr(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
a = Attr(x=1); a.y = 2; print(a.x, a["y"], a); del a.x; print(a)
try: a.nope
except KeyError as e: print("KeyError", e)
class Own(dict):
    def __iter__(self): return iter("own")
    def keys(self): return ["k"]
    def __len__(self): return 7
    def __contains__(self, k): return True
    def items(self): return [("i", 1)]
    def __eq__(self, o): return "eq"
    def __repr__(self): return "Own!"
    def __bool__(self): return False
o = Own(a=1); print(list(o), len(o), "q" in o, o == 1, o, [o], bool(o), o["a"], f"{o}", sorted(o), max(o), dict.__repr__(o), dict.__len__(o), json_like := dict.items(o), [*o])
class Default(dict):
    def __init__(self, f, *a, **k): self.f = f; super().__init__(*a, **k)
    def __missing__(self, k): v = self[k] = self.f(); return v
m = Default(list, z=[0]); m["a"].append(1); m["a"].append(2); m["b"]; print(m, vars(m))
class Case(dict):
    def __hash__(self): return 5
print({Case(): 1}, hash(Case()))
class Count(dict):
    def __missing__(self, k): return 0
c = Count()
for ch in "hello": c[ch] += 1
print(c, c["zz"], "zz" in c)
class BadMissing(dict):
    def __missing__(self, k): raise ZeroDivisionError(k)
try: BadMissing()["x"]
except ZeroDivisionError as e: print(e)
class F(dict): 
    def __getitem__(self, k): return "F"
f = F(a=1); print("%(a)s %(zz)s" % f, "{a}".format_map(f), "{a}".format(**f), eval("a", {}, f), f.get("a"), f.pop("a"))
exec("result = undefined_name", {}, ns := F()); print(dict(ns))
class LastUpdated(dict):
    def __setitem__(self, k, v): self.pop(k, None); super().__setitem__(k, v)
l = LastUpdated(); l["a"] = 1; l["b"] = 2; l["a"] = 3; print(l, type(l).__bases__, l.__class__.__name__, LastUpdated.__mro__)
import copy; x = copy.copy(m); y = copy.deepcopy(m); m["a"].append(9); print(x["a"], y["a"], type(x), x.f)
