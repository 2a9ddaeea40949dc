# memoryview: formats, slicing, casting, release.
m = memoryview(b"abcdef")
print(m[0], m[-1], m[1:3].tobytes(), bytes(m[::2]), m[::-1].tobytes(), len(m), m.tolist(), m.readonly, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.nbytes, m.contiguous, m.c_contiguous, m.f_contiguous, m.suboffsets, m.obj, m == b"abcdef", m == bytearray(b"abcdef"), m != b"x", hash(m) == hash(b"abcdef"), 97 in m, list(m), m.hex())
a = bytearray(b"abcdef")
w = memoryview(a)
w[0] = 65
w[1:3] = b"BC"
w[::-3] = b"yz"
print(a, w.readonly, w[2:].tobytes())
for st in (
    "m[0] = 1",
    "w[0] = 256",
    "w[0] = 'a'",
    "w[0] = b'a'",
    "w[1:3] = b'abc'",
    "w[10]",
    "w['a']",
    "w[1.5]",
    "del w[0]",
    "hash(w)",
    "memoryview(5)",
    "memoryview('a')",
):
    try: r = eval(st) if not any(x in st for x in (" = ", "del")) else exec(st); print(st, r)
    except Exception as e: print(st, "->", type(e).__name__, e)
