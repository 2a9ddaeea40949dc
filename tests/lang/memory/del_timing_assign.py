# Old values die when names are rebound, after the new value exists.
class D:
    def __init__(self, n): print("new", n); self.n = n
    def __del__(self): print("del", self.n)
x = D(1); x = D(2); x = None; print("-")
a = b = D("shared"); a = D("a"); b = D("b"); print("-"); del a, b
l = [D("l0")]; l[0] = D("l0b"); l += [D("l1")]; l[:] = [D("sl")]; l = []; print("-")
d = {"k": D("dk")}; d["k"] = D("dk2"); d.update(k=D("dk3")); d |= {"k": D("dk4")}; d = None; print("-")
class A: pass
o = A(); o.x = D("ox"); o.x = D("ox2"); A.y = D("Ay"); A.y = D("Ay2"); del A.y; o = None; print("-")
p, q = D("p"), D("q"); p, q = q, p; p = q; print("-"); q = None; p = None; print("-")
n = D("n"); n = n; n, n = n, D("n2"); del n; print("-")
for v in [D("v1"), D("v2")]: pass
v = None; print("end")
