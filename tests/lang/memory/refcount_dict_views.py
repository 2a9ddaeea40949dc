# Views and iterators hold their dictionary.
import sys
d = {"a": 1}; base = sys.getrefcount(d)
k, v, i = d.keys(), d.values(), d.items(); print(sys.getrefcount(d) - base); del k, v; print(sys.getrefcount(d) - base); it = iter(i); del i; print(sys.getrefcount(d) - base); list(it); print(sys.getrefcount(d) - base)
x = object(); n = sys.getrefcount(x); e = {"k": x}; l = list(e.values()); t = list(e.items()); print(sys.getrefcount(x) - n); del l, t
p = e.pop("k"); print(sys.getrefcount(x) - n); del p; e["a"] = x; e["a"] = 1; print(sys.getrefcount(x) - n); e.setdefault("b", x); e.setdefault("b", x); print(sys.getrefcount(x) - n); e.update(c=x, d=x); print(sys.getrefcount(x) - n); f = e | e; g = {**e}; print(sys.getrefcount(x) - n); del f, g; e.clear(); print(sys.getrefcount(x) - n)
