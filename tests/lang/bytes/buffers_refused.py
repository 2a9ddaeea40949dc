"""Buffers that are released, or whose bytes do not lie together, where bytes are wanted."""
import io, array
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for m in (memoryview(bytearray(0))[::2], memoryview(bytearray(6))[::2], memoryview(bytearray(6))[1:1:2], memoryview(bytearray(6))[::-1], memoryview(array.array('h', [1,2,3]))[::2], memoryview(bytearray(1))[::2], memoryview(bytearray(6)).cast('B', [2, 3]), memoryview(bytearray(6))[::6]):
    for f in (lambda: bytes(m), lambda: bytearray(m), lambda: m.tobytes(), lambda: m.c_contiguous, lambda: m.f_contiguous, lambda: m.contiguous, lambda: io.BytesIO().write(m), lambda: b''.join([m]), lambda: b'a' + m, lambda: m.hex(), lambda: m == bytes(m), lambda: array.array('b', m), lambda: bytearray(b'x') + m, lambda: int.from_bytes(m, 'big'), lambda: m.cast('B').shape, lambda: hash(m), lambda: io.BytesIO(b'abc').readinto(m), lambda: b'abc'.find(m), lambda: str(m, 'ascii'), lambda: m[:0].contiguous): t(f)
m = memoryview(b"abc")
r = memoryview(b"abc"); r.release()
for o in ("a", 5, None, [1], r, m, bytearray(b"q"), {}):
    for f in (lambda: b"x" + o, lambda: bytearray(b"x") + o, lambda: b"-".join([o]), lambda: bytearray(b"-").join([b"a", o]), lambda: str(o, "ascii"), lambda: bytearray(b"x").__iadd__(o), lambda: bytearray(b"x").extend(o), lambda: o + b"x"):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
r = memoryview(b"abc"); r.release()
n = memoryview(b"abcdef")[::2]
z = memoryview(bytearray(0))[::2]
for o in (r, n, z, memoryview(b"q")):
    for k in (slice(0, 1), slice(0, 2, 1), slice(0, 4, 2), slice(None, None, -1)):
        b = bytearray(b"xyzw")
        try: b[k] = o; print(b)
        except Exception as e: print(type(e).__name__, e)
    b = bytearray(b"xyzw")
    try: b.extend(o); print(b)
    except Exception as e: print(type(e).__name__, e)
    for f in (lambda: bytearray(o), lambda: bytes(o), lambda: b"a".startswith(o), lambda: b"a".replace(o, b""), lambda: b"a" == o, lambda: b"a" in bytearray(b"a"), lambda: o in b"a", lambda: b"abc".translate(o), lambda: b"%b" % o, lambda: b"a".split(o), lambda: int(o), lambda: bytes.maketrans(o, b"")):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
