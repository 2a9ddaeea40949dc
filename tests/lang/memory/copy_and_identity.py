# Assignment shares, copies do not.
import copy
a = [1, [2, 3], {"k": [4]}]
b = a; c = a.copy(); d = copy.copy(a); e = copy.deepcopy(a); f = a[:]; g = list(a)
a[0] = 99; a[1].append("x"); a[2]["k"].append("y")
print(b, c, d, e, f, g, sep="\n")
print(b is a, c is a, c[1] is a[1], e[1] is a[1])
s = [1]; l = [s, s]; m = copy.deepcopy(l); print(m[0] is m[1], m[0] is s)
r = [1]; r.append(r); q = copy.deepcopy(r); print(q[1] is q, q is r)
t = (1, [2]); u = copy.copy(t); v = copy.deepcopy(t); print(u is t, v is t, v[1] is t[1], copy.deepcopy((1, 2)) == (1, 2), copy.copy("s") == "s")
class A:
    def __init__(self): self.x = [1]
    def __copy__(self): print("copy hook"); return "copied"
    def __deepcopy__(self, memo): print("deepcopy hook", type(memo).__name__); return "deep"
print(copy.copy(A()), copy.deepcopy([A(), A()]))
class B: pass
o = B(); o.me = o; o.l = [o]; p = copy.deepcopy(o); print(p.me is p, p.l[0] is p, p is o, type(p).__name__); w = copy.copy(o); print(w.me is o, vars(w).keys())
class S: __slots__ = ("a", "b")
z = S(); z.a = [1]; y = copy.copy(z); k = copy.deepcopy(z); print(y.a is z.a, k.a == z.a, k.a is z.a, hasattr(k, "b"))
for x in (len, B, int, None, ..., range(3), frozenset([1]), lambda: 0, 1.5, b"x"): print(copy.copy(x) is x, copy.deepcopy(x) is x, end=" ")
print(); memo = {}; copy.deepcopy([1], memo); print(len(memo) > 0); d1 = copy.deepcopy({"a": {1, 2}, (1,): [3]}); print(d1)
for bad in ((x for x in []), __import__("threading").Lock()):
    try: copy.deepcopy(bad)
    except TypeError as err: print(err)
