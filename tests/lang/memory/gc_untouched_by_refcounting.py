# What reference counting frees, the collector never sees.
import gc
gc.collect(); gc.disable()
before = gc.get_stats()[2]["collected"]
for i in range(1000): a = [i]; b = {"k": a}; c = (a, b); d = lambda: (a, c)
del a, b, c, d
def f(n): return [n, {n: (n,)}]
for i in range(1000): f(i)
class A:
    def __init__(self): self.l = []; self.d = {}
for i in range(500): A()
x = gc.collect(); print(x < 20, gc.get_stats()[2]["collected"] - before == x)
l = []; l.append(l); l = None; print(gc.collect()); gc.enable()
