# Reference subclasses with state, as keys and in sets.
import weakref
class K:
    def __init__(self, n): self.n = n
class R(weakref.ref):
    __slots__ = ("name", "__weakref__")
    def __new__(cls, o, cb=None, name=None): self = super().__new__(cls, o, cb); self.name = name; return self
    def __init__(self, o, cb=None, name=None): super().__init__(o, cb)
log = []
k = K(1); r = R(k, lambda w: log.append(w.name), name="first"); r2 = R(k, lambda w: log.append(w.name), name="second"); print(r() is k, r.name, r == r2, hash(r) == hash(r2), r is r2, isinstance(r, weakref.ref)); d = {r: 1}; print(d[r2], r2 in {r}, weakref.ref(k) in d); del k; print(log, r(), r == r2, r == r, len(d), d[r])
reg = {}
def register(o, name): reg[name] = R(o, lambda w: reg.pop(w.name), name)
a, b = K("a"), K("b"); register(a, "a"); register(b, "b"); print(sorted(reg)); del a; print(sorted(reg)); b = None; print(reg)
