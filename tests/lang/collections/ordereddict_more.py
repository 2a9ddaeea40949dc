# OrderedDict against dict.
from collections import OrderedDict as O
o = O([("b", 1), ("a", 2), ("c", 3)]); o["b"] = 9; print(o, list(o), list(reversed(o)), list(o.values()), list(reversed(o.items())))
o.move_to_end("b"); print(list(o)); o.move_to_end("c", last=False); print(list(o)); print(o.popitem(), o.popitem(last=False), o, o.pop("a"), o, o.pop("x", "d"))
for f in (lambda: o.popitem(), lambda: o.move_to_end("zz"), lambda: o["zz"], lambda: O(1), lambda: O({}, {}), lambda: O([1]), lambda: o.pop("zz")):
    try: f()
    except (KeyError, TypeError, ValueError) as e: print(type(e).__name__, e)
a, b = O(x=1, y=2), O(y=2, x=1); print(a == b, a == dict(b), dict(a) == b, a != b, a == O(x=1, y=2), a | b, type(a | {}).__name__, {} | a, a.copy() == a, O.fromkeys("ba", 0), a.setdefault("z", 5), a.get("q"), "x" in a, len(a), bool(O()), repr(O()), list(a.keys() & {"x"}))
o = O.fromkeys("abcde")
try:
    for k in o: del o[k]
except RuntimeError as e: print(e)
o = O.fromkeys("abc")
try:
    for k in o: o.move_to_end(k) if k == "a" else None
    print(list(o))
except RuntimeError as e: print(e)
class L(O):
    def __init__(self, n): super().__init__(); self.n = n
    def __setitem__(self, k, v):
        super().__setitem__(k, v); self.move_to_end(k)
        if len(self) > self.n: self.popitem(last=False)
l = L(2); l["a"] = 1; l["b"] = 2; l["a"] = 3; l["c"] = 4; print(list(l.items()), type(l).__name__, l.n, vars(l)); r = O(); r["self"] = r; print(r); import copy; print(copy.copy(a), copy.deepcopy(O(k=[1])), O(a=1).items() == {"a": 1}.items(), list(map(str, O(z=0))))
