# In which order containers release their elements.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print(self.n, end=" ")
l = [D(i) for i in range(5)]; del l; print("list")
l = [D(i) for i in range(5)]; l.clear(); print("list.clear")
l = [D(i) for i in range(5)]; del l[1:4]; print("slice"); del l; print("rest")
l = [D(i) for i in range(5)]; l[:] = []; print("slice assignment")
t = tuple(D(i) for i in range(5)); del t; print("tuple")
d = {i: D(i) for i in range(5)}; del d; print("dict")
d = {i: D(i) for i in range(5)}; d.clear(); print("dict.clear")
class C: pass
c = C(); c.a, c.b, c.c = D("a"), D("b"), D("c"); del c; print("instance")
class S: __slots__ = ("z", "y", "x")
s = S(); s.x, s.y, s.z = D("x"), D("y"), D("z"); del s; print("slots")
from collections import deque
q = deque(D(i) for i in range(5)); del q; print("deque")
n = [[D(0), D(1)], (D(2), {3: D(3)}), D(4)]; del n; print("nested")
def f(*a, **k): pass
f(D("p1"), D("p2"), k=D("kw")); print("arguments")
x = D("x"); y = D("y"); x = y; print("rebound"); del x; y = None; print("end")
