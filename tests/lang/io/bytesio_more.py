# BytesIO: seeking, truncation, buffers.
import io
b = io.BytesIO(b"0123456789")
print(b.read(3), b.tell(), b.seek(-2, 2), b.read(), b.seek(2), b.seek(2, 1), b.read(1), b.getvalue(), b.seek(100), b.read(), b.write(b"X"), len(b.getvalue()), b.getvalue()[10:12])
b = io.BytesIO(); print(b.write(b"abc"), b.write(bytearray(b"de")), b.write(memoryview(b"f")), b.getvalue(), b.truncate(2), b.getvalue(), b.tell(), b.write(b"Z"), b.getvalue(), b.seek(0), b.truncate(), b.getvalue())
b = io.BytesIO(b"l1\nl2\nl3"); print(b.readline(), b.readline(1), b.readlines(), b.readline(), list(io.BytesIO(b"a\nb")), io.BytesIO(b"a\nb\nc").readlines(3), b.seek(0), next(b)); x = bytearray(5); print(b.readinto(x), x, b.readinto1(x) if hasattr(b, "readinto1") else 0, b.read1(2), b.read(-1), b.read(None))
v = io.BytesIO(b"view"); m = v.getbuffer(); m[0] = 86; print(v.getvalue())
try: v.write(b"toolong" * 10)
except BufferError as e: print(e)
m.release(); v.seek(0, 2); v.write(b"!"); print(v.getvalue()); v.writelines([b"a", b"b"]); print(v.getvalue(), v.readable(), v.writable(), v.seekable(), v.isatty(), v.closed); v.close()
for f in (lambda: v.read(), lambda: v.getvalue(), lambda: v.write(b""), lambda: v.seek(0), lambda: v.tell(), lambda: next(v), lambda: v.close(), lambda: io.BytesIO("a"), lambda: io.BytesIO().write("a"), lambda: io.BytesIO().seek(-1), lambda: io.BytesIO().seek(0, 9), lambda: io.BytesIO(b"abc").seek(-9, 2), lambda: io.BytesIO(b"a").truncate(-1), lambda: io.BytesIO().fileno(), lambda: io.BytesIO(b"a", b"b"), lambda: io.BytesIO().writelines([1]), lambda: io.BytesIO(b"a").read("x"), lambda: io.BytesIO(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
with io.BytesIO(b"ctx") as c: print(c.read())
r = io.BufferedReader(io.BytesIO(b"buffered data here")); print(r.read(3), r.peek(2)[:2], r.readline(), r.read()); w = io.BufferedWriter(raw := io.BytesIO()); w.write(b"q"); w.flush(); print(raw.getvalue()); rw = io.BufferedRandom(io.BytesIO(b"abc")); rw.seek(1); rw.write(b"Z"); rw.seek(0); print(rw.read())
