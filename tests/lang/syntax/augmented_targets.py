# Augmented assignment to names, attributes, items, slices.
class A:
    def __init__(self): self.n = 1; self.l = [1]
    def __getitem__(self, k): print("get", k); return 10
    def __setitem__(self, k, v): print("set", k, v)
a = A()
a.n += 1; a.l += [2]; a["k"] += 5; a[1:2] *= 2; a[0, 1] -= 1; print(a.n, a.l)
l = [1, 2, 3]; l[0] += 10; l[-1] *= 2; l[1:] += [9]; l[:] *= 2 if 0 else 1; print(l)
d = {"x": 1}; d["x"] <<= 3; d["x"] |= 1; d.setdefault("l", [])
d["l"] += [1]; print(d)
x = 5; x += x; x -= 1; x *= x; x //= 2; x %= 13; x **= 2; x >>= 1; x &= 0xff; x ^= 5; x |= 64; print(x); y = 7; y /= 2; print(y); s = "a"; s += "b"; s *= 2; s %= () if "%" in s else (); print(s)
calls = []
def idx(): calls.append("idx"); return 0
def obj(): calls.append("obj"); return l
def val(): calls.append("val"); return 1
obj()[idx()] += val(); print(calls)
t = ([1],)
try: t[0] += [2]
except TypeError as e: print(e, t)
for st in ("undefined += 1", "a.missing += 1", "d['zz'] += 1", "l[99] += 1", "x += 'a'", "s += 1", "d += {}", "None_ = None; None_ += 1", "l += 5"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
class I:
    def __init__(self): self.log = []
    def __iadd__(self, o): self.log.append(o); return self
    def __isub__(self, o): return "replaced"
i = j = I(); i += 1; i += 2; print(i is j, i.log); i -= 1; print(i, j.log)
