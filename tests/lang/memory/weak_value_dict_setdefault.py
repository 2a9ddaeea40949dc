# WeakValueDictionary as a cache under churn.
import weakref
class V:
    made = 0
    def __init__(self, k): V.made += 1; self.k = k
c = weakref.WeakValueDictionary()
def get(k):
    v = c.get(k)
    if v is None: v = c[k] = V(k)
    return v
keep = [get(i % 5) for i in range(20)]; print(V.made, len(c)); del keep[5:]; print(len(c)); keep.clear(); print(len(c)); get(1); print(len(c), V.made); x = c.setdefault("z", V("z")); print(x.k, c["z"] is x, c.setdefault("z", V("never")) is x); print(c.pop("z").k, len(c), c.pop("z", "gone")); y = V("y"); c.update(y=y); print(list(c.items())[0][0], [k for k in c], "y" in c); del y; print(list(c.keys()), c.get("y", "dead"))
