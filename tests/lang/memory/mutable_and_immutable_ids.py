# What keeps its identity under += and what does not.
def same(x, f):
    before = id(x); keep = x; y = f(x); return id(y) == before
def add(v):
    def f(x): x += v; return x
    return f
def mul(n):
    def f(x): x *= n; return x
    return f
print(same([1], add([2])), same((1,), add((2,))), same("a", add("b")), same(b"a", add(b"b")), same(bytearray(b"a"), add(b"b")), same({1}, lambda x: x.__ior__({2})), same(1000, add(1)), same(1.5, add(1)), same([1], mul(2)), same((1,), mul(2)), same({"a": 1}, lambda x: x.__ior__({"b": 2})))
from collections import deque, Counter
print(same(deque([1]), add([2])), same(Counter("a"), add(Counter("b"))), same(frozenset([1]), lambda x: x | {2}))
class A:
    def __init__(self): self.l = [1]
a = A(); b = id(a.l); a.l += [2]; print(id(a.l) == b, a.l); a.l = a.l + [3]; print(id(a.l) == b)
t = ([1],); b = id(t[0])
try: t[0] += [2]
except TypeError: print(id(t[0]) == b, t)
def f(x): x += [1]; return x
l = []; print(f(l) is l, l); s = "x"; u = s; s += "y"; print(u, s); n = m = 5; n += 1; print(m, n)
d = {"k": [1]}; e = d.copy(); e["k"] += [2]; print(d, e["k"] is d["k"]); g = {**d}; g["k"] = g["k"] + [3]; print(d, g)
