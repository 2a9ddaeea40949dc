# Values yielded and sent die when nobody holds them.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def g():
    yield D("y1"); print("after y1")
    x = yield D("y2"); print("got", x.n); del x
    y = yield; print("holding"); yield
    return D("returned")
it = g(); next(it); print(1); v = next(it); print(2); del v; print(3); it.send(D("sent")); print(4); it.send(D("kept")); print(5); it.close(); print(6)
it = g(); next(it); next(it); it.send(D("s")); it.send(D("k")); 
try: next(it)
except StopIteration as e: print(e.value.n)
print(7)
def h():
    for i in range(2): yield D(f"loop {i}")
for d in h(): print("body", d.n)
del d; print(8); print([d.n for d in h()]); print(sum(1 for _ in h())); next(h()); print(9)
