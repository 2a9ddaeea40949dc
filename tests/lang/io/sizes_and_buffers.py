# BytesIO is no bytes-like object; its getbuffer() shows one. What io methods say of sizes and places of the wrong kind.
import io
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
b = io.BytesIO(b"one\ntwo")
t(lambda: memoryview(b)); t(lambda: bytes(b)); t(lambda: bytearray(io.BytesIO(b"ab"))); t(lambda: b"x" + b); t(lambda: b"x".join([b])); t(lambda: io.BytesIO().write(b)); t(lambda: int.from_bytes(b, "big")); t(lambda: b"one".startswith(b))
t(lambda: b == b"one\ntwo"); 
v = b.getbuffer()
t(lambda: type(v.obj).__name__); t(lambda: (v.readonly, v.format, v.nbytes, v.c_contiguous))
t(lambda: b.write(b"more")); t(lambda: b.close()); t(lambda: b.truncate(1))
v[0] = 79
t(b.getvalue)
v.release(); t(lambda: b.write(b"more")); t(lambda: b.getvalue())
v = b.getbuffer(); del v; t(b.close); t(b.getbuffer)
t(lambda: [io.BytesIO(b"ab\ncd\nef\n").readlines(n) for n in range(-1, 10)])
t(lambda: [io.StringIO("ab\ncd\nef\n").readlines(n) for n in range(-1, 10)])
t(lambda: [io.TextIOWrapper(io.BytesIO(b"ab\ncd\nef\n")).readlines(n) for n in range(-1, 10)])
t(lambda: [io.BufferedReader(io.BytesIO(b"ab\ncd\nef\n")).readlines(n) for n in range(-1, 10)])
class I:
    def __index__(self): return 1
for n in (1.5, "x", I(), True, None):
    t(lambda: io.BytesIO(b"ab\ncd").readlines(n)); t(lambda: io.StringIO("ab\ncd").readlines(n)); t(lambda: io.BytesIO(b"ab\ncd").truncate(n)); t(lambda: io.StringIO("ab\ncd").truncate(n))
    t(lambda: io.BytesIO(b"ab\ncd").read(n)); t(lambda: io.BytesIO(b"ab\ncd").read1(n)); t(lambda: io.BytesIO(b"ab\ncd").readline(n)); t(lambda: io.BytesIO(b"ab\ncd").seek(n)); t(lambda: io.StringIO("ab\ncd").seek(n)); t(lambda: io.BytesIO().readinto(n)); t(lambda: io.TextIOWrapper(io.BytesIO(b"ab\ncd")).truncate(n)); t(lambda: io.TextIOWrapper(io.BytesIO(b"ab\ncd")).read(n)); t(lambda: io.TextIOWrapper(io.BytesIO(b"ab\ncd")).readline(n)); t(lambda: io.BufferedReader(io.BytesIO(b"ab\ncd")).peek(n)); t(lambda: io.BufferedReader(io.BytesIO(b"ab\ncd")).read(n)); t(lambda: io.BufferedReader(io.BytesIO(b"ab\ncd")).seek(n)); t(lambda: io.BufferedRandom(io.BytesIO(b"ab\ncd")).truncate(n))
t(lambda: io.BytesIO().read1(1, 2)); t(lambda: io.BytesIO().detach()); 
for w in (3, -1, 1, 2, None, "x"):
    for c in (0, 5, None, -1, 1.5):
        t(lambda: io.TextIOWrapper(io.BytesIO(b"ab\ncd")).seek(c, w)); t(lambda: io.StringIO("abc").seek(c, w)); t(lambda: io.BytesIO(b"abc").seek(c, w))
