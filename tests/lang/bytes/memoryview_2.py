# memoryview: formats, slicing, casting, release.
m = memoryview(b"abcdef")
a = bytearray(b"abcdef")
w = memoryview(a)
w[0] = 65
w[1:3] = b"BC"
w[::-3] = b"yz"
for st in (
    "memoryview()",
    "w.cast('i')",
    "w.cast('q', [1])",
    "m[0:1:0]",
    "w + w",
    "w < w",
    "m.nope",
    "w[0, 0]",
    "len(w[2:2])",
    "w.cast('B', [2, 4])",
    "w.cast('zz')",
):
    try: r = eval(st) if not any(x in st for x in (" = ", "del")) else exec(st); print(st, r)
    except Exception as e: print(st, "->", type(e).__name__, e)
c = memoryview(bytes(range(8))).cast("H")
print(c.tolist(), c.itemsize, c.shape, c.format, c[1], c[1:].tolist(), c.cast("B").tolist())
d = memoryview(bytearray(8)).cast("i")
d[0] = -5
d[1] = 2**31 - 1
print(d.tolist(), d.tobytes())
try: d[0] = 2**31
except ValueError as e: print(e)
f = memoryview(bytearray(8)).cast("d")
f[0] = 1.5
print(f.tolist(), f.tobytes())
q = memoryview(bytes(range(6))).cast("B", [2, 3])
print(q.tolist(), q.shape, q.ndim, q[1, 2], q.strides)
with memoryview(b"xyz") as v: print(v[1])
try: v[0]
except ValueError as e: print(e)
print(repr(v).split(" at ")[0])
v.release()
t = memoryview(a).toreadonly()
print(t.readonly)
try: t[0] = 1
except TypeError as e: print(e)
s = w[1:4]
s[0] = 33
print(a, s.obj is a, w[2:4] == b"\x21"[:0] if 0 else "", [x for x in reversed(w[:2])])
print(b"".join([memoryview(b"a"), b"b"]), bytes(memoryview(b"abc")[1:]), bytearray(memoryview(b"q")), int.from_bytes(memoryview(b"\x01\x00"), "big"), memoryview(memoryview(b"n")).tobytes(), memoryview(b"") == b"", memoryview(b"ab") == memoryview(b"ab"), memoryview(b"a").cast("c")[0], memoryview(b"\x00\x01").cast("?").tolist())
