# WeakValueDictionary, WeakKeyDictionary, WeakSet, WeakMethod, finalize.
import weakref, gc
class K:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"K{self.n}"
    def m(self): return f"m{self.n}"
a, b, c = K(1), K(2), K(3)
v = weakref.WeakValueDictionary(a=a, b=b); v["c"] = c; print(len(v), sorted(v), v["a"], v.get("z"), "b" in v, sorted(v.items(), key=str), sorted(map(str, v.values())), list(v.valuerefs())[0]() is a); del a; print(sorted(v), len(v), v.get("a"), v.pop("b"), v.pop("q", "d"), v.setdefault("d", c), v.popitem()[1])
try: v["a"]
except KeyError as e: print("KeyError", e)
k = weakref.WeakKeyDictionary(); k[b] = "vb"; k[c] = "vc"; print(len(k), k[b], b in k, 5 in k, sorted(k.values()), sorted(map(str, k.keys()))); del b; print(len(k), list(k.items()))
for st in ("k[5]", "k[5] = 1", "v['x'] = 5", "k[[]]", "weakref.WeakKeyDictionary({1: 2})"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
s = weakref.WeakSet([c]); t = K(4); s.add(t); print(len(s), t in s, 5 in s, sorted(map(str, s)), s == {c, t}, len(s | {K(9)}), s.isdisjoint([c])); del t; print(len(s), list(s)); s.discard(c); s.add(c); s.remove(c); print(len(s), bool(s))
m = weakref.WeakMethod(c.m, lambda r: print("method dead")); print(m()(), m() == c.m, weakref.ref(c.m)()); del c; print(m(), len(k))
try: weakref.WeakMethod(len)
except TypeError as e: print(e)
f = K(5); fin = weakref.finalize(f, print, "finalized", 1, sep="-"); print(fin.alive, fin.peek()[1] is print, fin.atexit); del f; print(fin.alive, fin(), fin.peek(), fin.detach())
g = K(6); fin = weakref.finalize(g, lambda: "called by hand"); print(fin(), fin.alive, fin()); h = K(7); fin2 = weakref.finalize(h, print, "never"); print(fin2.detach()[1:]); del h
late = K(8); weakref.finalize(late, print, "at exit 1"); weakref.finalize(late, print, "at exit 2"); na = weakref.finalize(late, print, "not at exit"); na.atexit = False
d = weakref.WeakValueDictionary(); objs = [K(i) for i in range(10)]
for i, o in enumerate(objs): d[i] = o
seen = []
for key in d:
    seen.append(key)
    if key == 3: del objs[5:], o
print(seen, len(d), sorted(d)); d2 = weakref.WeakKeyDictionary(); os_ = [K(i) for i in range(5)]
for o in os_: d2[o] = o.n
for key, val in d2.items():
    if val == 1: os_.pop(); break
del o, key; gc.collect(); print(len(d2), sorted(d2.values())); w1 = weakref.WeakValueDictionary({"x": os_[0]}); w2 = w1.copy(); print(w1 == w2, dict(w2), dict(w1 | {"y": os_[1]}), weakref.WeakSet(os_) >= {os_[0]}, sorted(map(str, weakref.WeakSet(os_) & {os_[1]})))
cache = weakref.WeakValueDictionary()
def get(n): return cache.get(n) or cache.setdefault(n, K(n))
x = get(1); print(get(1) is x, len(cache)); get(2); print(len(cache))
