# When arguments, results and receivers die around a call.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def m(self, other=None): print("in", self.n); return D(self.n + "'")
def f(*a, **k): print("f"); return len(a)
f(D("pos"), k=D("kw")); print(1)
D("recv").m(D("arg")); print(2)
D("chain").m().m(); print(3)
x = f(D("x1")) + f(D("x2")); print(4)
f(*[D("star")], **{"k": D("dstar")}); print(5)
(lambda d: d.n)(D("lam")); print(6)
[f(D("list")), 1][1]; print(7)
y = D("y").m(); print(8); del y; print(9)
def g(d): d = None; print("rebound in g"); return 5
g(D("g")); print(10)
def h(d): return d
z = h(D("h")); print(11); h(h(z)); del z; print(12)
