# Tuples and dicts of atoms are untracked by a collection or when filled.
import gc; gc.disable()
t = tuple([1, "a", None]); print(gc.is_tracked(t)); gc.collect(); print(gc.is_tracked(t))
u = tuple([[], 1]); print(gc.is_tracked(u)); gc.collect(); print(gc.is_tracked(u))
n = tuple([tuple([1, 2]), 3]); gc.collect(); print(gc.is_tracked(n))
d = {}; print(gc.is_tracked(d)); d["a"] = 1; print(gc.is_tracked(d)); d["b"] = (1, 2); gc.collect(); print(gc.is_tracked(d)); d["c"] = []; print(gc.is_tracked(d)); del d["c"]; print(gc.is_tracked(d)); gc.collect(); print(gc.is_tracked(d))
e = dict(a=1); print(gc.is_tracked(e)); f = {"k": "v"}; f.update(x=[]); print(gc.is_tracked(f)); print(gc.is_tracked({"a": 1}.copy()), gc.is_tracked({i: i for i in range(3)}), gc.is_tracked({"k": {}}), gc.is_tracked(dict.fromkeys("ab")), gc.is_tracked({**{"a": 1}}))
class D(dict): pass
class T(tuple): pass
print(gc.is_tracked(D()), gc.is_tracked(T((1,))), gc.is_tracked(((),)), gc.is_tracked([1, 2]), gc.is_tracked(tuple(range(3))))
x = tuple([{}]); gc.collect(); print(gc.is_tracked(x)); y = {"t": tuple([1])}; gc.collect(); print(gc.is_tracked(y["t"]))
