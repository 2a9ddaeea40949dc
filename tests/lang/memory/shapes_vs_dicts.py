# Instances with the same attributes in different orders and amounts.
import sys
class A: pass
def make(order):
    a = A()
    for k in order: setattr(a, k, ord(k))
    return a
xs = [make(o) for o in ("abc", "cba", "bac", "a", "", "abcdefghijklmnopqrstuvwxyz")]
print([sorted(vars(x)) == sorted(x.__dict__) for x in xs], [list(vars(x))[:3] for x in xs], [getattr(x, "b", None) for x in xs])
big = A()
for i in range(500): setattr(big, f"attr{i}", i)
print(len(vars(big)), big.attr0, big.attr499, list(vars(big))[250]); 
for i in range(0, 500, 2): delattr(big, f"attr{i}")
print(len(vars(big)), hasattr(big, "attr0"), big.attr1, list(vars(big))[-1]); big.attr0 = "back"; print(list(vars(big))[-1])
d = vars(xs[0]); d["new"] = 1; print(xs[0].new); xs[0].other = 2; print(d["other"], list(d)); del d["a"]; print(hasattr(xs[0], "a")); d.clear(); print(vars(xs[0])); xs[0].z = 1; print(d)
b = A(); b.__dict__ = {"k": "v", "n": 5}; print(b.k, b.n); b.m = 6; print(sorted(b.__dict__)); b.__dict__ = vars(xs[1]); print(b.c); xs[1].shared = "yes"; print(b.shared); del b; print(xs[1].shared)
class B(A):
    def __init__(self): self.p = 1; self.q = 2
o = [B() for _ in range(100)]; o[50].extra = 1; print(sum(x.p + x.q for x in o), [hasattr(x, "extra") for x in o].count(True)); del o[3].p; print(hasattr(o[3], "p"), o[4].p); o[3].p = 9; print(o[3].p, list(vars(o[3])))
print(sys.getsizeof(B()) > 0, B().__dict__ is not B().__dict__, (x := B()).__dict__ is x.__dict__)
