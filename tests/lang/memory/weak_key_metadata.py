# WeakKeyDictionary to attach data to objects of others.
import weakref
class Obj: pass
meta = weakref.WeakKeyDictionary(); a, b = Obj(), Obj(); meta[a] = {"n": 1}; meta[b] = {"n": 2}; meta[a]["n"] += 10; print(sum(m["n"] for m in meta.values()), a in meta, len(meta), meta.get(Obj(), "none")); del a; print(len(meta), [m["n"] for m in meta.values()]); meta.setdefault(b, {})["x"] = 5; print(meta[b]); del meta[b]; print(len(meta))
try: meta[b]
except KeyError: print("KeyError")
for bad in (5, "s", None, (1,)):
    try: meta[bad] = 1
    except TypeError as e: print(e)
print(5 in meta, meta.pop(b, "d"), list(meta.keyrefs()), bool(meta))
