# Context managers and what they hold.
class D:
    def __init__(self, n): self.n = n
    def __enter__(self): print("enter", self.n); return D(self.n + "'s value")
    def __exit__(self, *a): print("exit", self.n)
    def __del__(self): print("del", self.n)
with D("a"): print("body")
print("1")
with D("b") as v: print("value", v.n)
print("2"); del v; print("3")
with D("c"), D("d") as w: pass
print("4"); w = None
def f():
    with D("e") as x: return x.n
print(f())
def g():
    with D("f"): yield 1
i = g(); next(i); print("suspended"); del i; print("5")
try:
    with D("g"): raise ValueError
except ValueError: print("out")
print("end")
