# StringIO and BytesIO.
import io
s = io.StringIO("line1\nline2\nlast")
w = io.StringIO()
for n in ("\n", "", None, "\r\n", "\r"):
    t = io.StringIO("a\r\nb\nc\rd", newline=n); print(repr(n), list(t), repr(t.getvalue())); t = io.StringIO(newline=n); t.write("a\nb\r\n"); print(repr(t.getvalue()))
for st in (
    "s.nope",
    "s.write()",
    "s.readline('a')",
    "s.writelines(5)",
    "s.writelines([5])",
    "s.seek(1.5)",
    "io.StringIO(None).read()",
    "io.StringIO(initial_value='q').read()",
    "s.read(None)",
    "s.read(-5)",
    "s.readline(-1)",
    "s.readline(None)",
):
    try: print(st, "=", repr(eval(st)))
    except Exception as e: print(st, "->", type(e).__name__, e)
s.close()
print(s.closed)
for st in ("s.read()", "s.write('a')", "s.getvalue()", "s.seek(0)", "next(s)", "s.readable()", "s.tell()", "s.truncate()", "s.flush()", "list(s)", "s.close()", "s.__enter__()"):
    try: print(st, eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
with io.StringIO("ctx") as c: print(c.read())
print(c.closed)
b = io.BytesIO(b"abc\ndef")
print(b.read(2), b.readline(), b.tell(), b.read(), b.seek(-2, 2), b.read(), b.seek(0), list(b), b.getvalue(), b.write(b"X"), b.getvalue(), b.seek(1), b.write(bytearray(b"YY")), b.getbuffer()[:3].tobytes(), b.readinto(x := bytearray(3)), x, b.read1(), b.truncate(3), b.getvalue(), b.seek(1, 0), b.seek(1, 1), b.peek() if hasattr(b, "peek") else "no peek", b.readlines())
for st in ("b.write('a')", "b.seek(-1)", "b.read('a')", "io.BytesIO('a')", "io.BytesIO(5)", "b.fileno()", "b.readinto(b'x')", "b.seek(-100, 2)", "b.writelines([b'q', b'r'])", "b.write(5)", "b.readinto('a')", "io.BytesIO(initial_bytes=b'i').read()"):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
class S(io.StringIO):
    def write(self, t): return super().write(t.upper())
q = S()
print("hello", file=q)
print(repr(q.getvalue()), isinstance(q, io.TextIOBase), isinstance(b, io.BytesIO), issubclass(io.StringIO, io.IOBase), io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.DEFAULT_BUFFER_SIZE, io.UnsupportedOperation.__mro__[1].__name__)
t = io.TextIOWrapper(io.BytesIO("é\nb\r\nc".encode()), encoding="utf-8")
print(t.read(1), t.readline(), list(t), t.encoding)
o = io.BytesIO()
tw = io.TextIOWrapper(o, encoding="latin-1", write_through=True)
tw.write("é\n")
tw.flush()
print(o.getvalue(), io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="ascii", errors="replace").read() == "\ufffd")
big = io.StringIO()
[big.write(f"{i}\n") for i in range(2000)]
big.seek(0)
print(len(big.getvalue()), sum(map(int, big)), big.tell())
