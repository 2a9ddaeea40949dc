# Finalizers that run while their container is in use.
class D:
    def __init__(self, n, act): self.n, self.act = n, act
    def __del__(self): log.append(self.n); self.act()
log = []
l = [D(i, lambda: l.append("x") if len(l) < 8 else None) for i in range(3)]; l[0] = None; l[1:3] = []; print(l, log); log.clear()
l = [D(i, lambda: None) for i in range(4)]; l[:] = [D("new", lambda: l.clear())]; l.clear(); print(l, log); log.clear()
d = {}; d["a"] = D("a", lambda: d.update(b=1)); d["a"] = 0; print(d, log); log.clear(); d["c"] = D("c", lambda: d.clear()); del d["c"]; print(d); d["k"] = D("k", lambda: d.pop("z", None)); d["z"] = 1; d.clear(); print(d, log); log.clear()
s = {D("s", lambda: s.add(1))}; s.clear(); print(s, log); log.clear()
class A: pass
a = A(); a.x = D("x", lambda: setattr(a, "y", 1)); a.x = 2; print(vars(a), log); a.z = D("z", lambda: a.__dict__.clear()); del a.z; print(vars(a))
g = [D(i, lambda: g.sort(key=str) if 0 else None) for i in range(3)]; g.reverse(); g.pop(); print(len(g)); del g[:]; print(log); log.clear()
t = [D("t", lambda: t.extend([1, 2]))]; t += [3]; t[0:1] = [4, 5]; print(t); del t[0]; print(t, log)
x = D("outer", lambda: globals().__setitem__("y", 1)); x = None; print(y)
