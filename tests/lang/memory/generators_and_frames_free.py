# Dropping suspended generators runs their finally blocks and frees locals.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def g(n):
    d = D(f"local {n}")
    try:
        yield 1
        yield 2
    finally: print("finally", n)
a = g("a"); next(a); a = None; print("1")
b = g("b"); b = None; print("2")
c = g("c"); list(c); print("3"); del c
d = [g(i) for i in range(2)]; [next(x) for x in d]; d.clear(); print("4")
def outer():
    x = D("outer local")
    yield from g("inner")
e = outer(); next(e); del e; print("5")
def cyc():
    me = yield
    x = D("in cycle")
    yield
f = cyc(); next(f); f.send(f); r = id(f); del f
import gc; gc.collect(); print("6")
def expr(): return (D("genexp value") for _ in range(2))
h = expr(); next(h); print("7"); del h; print("8")
for x in g("broken out of"): break
del x; print("9")
def ret():
    d = D("returned from"); yield 1; return d
i = ret(); next(i)
try: next(i)
except StopIteration as s: print(s.value.n)
print("10")
async def co(): d = D("coroutine local"); await aw()
class aw:
    def __await__(self): yield "waiting"
k = co(); print(k.send(None)); k.close(); print("11")
