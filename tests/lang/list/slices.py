# Slice reading, assignment and deletion.
base = list(range(10))
for sl in (slice(None), slice(2, 5), slice(5, 2), slice(-3, None), slice(None, -3), slice(None, None, 2), slice(1, None, 3), slice(None, None, -1), slice(8, 2, -2), slice(-1, -5, -1), slice(100), slice(-100, 100), slice(5, 5), slice(2, 8, 3), slice(None, None, 100), slice(None, None, -100), slice(0, 0), slice(9, None, -4)):
    l = base[:]; got = l[sl]
    m = base[:]; del m[sl]
    n = base[:]
    try: n[sl] = "xy"
    except ValueError as e: n = str(e)
    o = base[:]; o[sl] = [0] * len(got)
    print(sl, got, m, n, o)
l = [1, 2, 3]; l[1:1] = [9, 9]; print(l); l[:] = []; print(l); l[5:] = [1]; print(l); l[:0] = [0]; print(l); l[len(l):] = (7,); print(l)
l = [1, 2, 3]; l[:] = l; print(l); l[1:2] = l; print(l); l[::2] = l[::2][::-1]; print(l); l += l; print(l); l[0:0] = l[-2:]; print(l)
l = [1]; l *= 5; print(l); l[1:4] *= 2 if 0 else 1; print(l); l[1:3] += [7]; print(l); l[:] = (x for x in range(3)); print(l); l[1:2] = {"k": 1}; print(l)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print(base[I(2)], base[I(1):I(4)], base[::I(3)], base[I(-1)]); base[I(0)] = "z"; print(base[0])
a = [[]] * 3; a[0].append(1); print(a); b = [[] for _ in range(3)]; b[0].append(1); print(b)
s = slice(1, 10, 2); print(s.start, s.stop, s.step, s.indices(5), s == slice(1, 10, 2), repr(slice(None)), slice(3), slice("a", None), slice(1, 2) < slice(1, 3), slice(-5, None, -1).indices(10), slice(None, None, -2).indices(7))
for st in ("s.start = 1", "hash(s)", "s.indices('a')", "s.indices(-1)", "slice(1, 2, 0).indices(5)", "slice()", "slice(1, 2, 3, 4)", "slice('a').indices(5)", "s.indices()", "slice(1.5).indices(3)"):
    try: print(st, exec(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
