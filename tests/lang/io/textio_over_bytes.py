# TextIOWrapper over BytesIO: encodings, newlines, buffering.
import io
def wrap(b, **k): return io.TextIOWrapper(io.BytesIO(b), **k)
t = wrap("é1\nü2\r\n中3".encode(), encoding="utf-8"); print(t.readline(), t.read(2), t.readlines(), t.read(), t.encoding, t.errors, t.readable(), t.writable(), t.seekable())
for nl in (None, "", "\n", "\r\n", "\r"): print(repr(nl), list(wrap(b"a\nb\r\nc\rd", encoding="ascii", newline=nl)))
for nl in (None, "", "\n", "\r\n", "\r"):
    b = io.BytesIO(); w = io.TextIOWrapper(b, encoding="ascii", newline=nl); w.write("x\ny\r\n"); w.flush(); print(repr(nl), b.getvalue())
for enc, err in (("ascii", "strict"), ("ascii", "ignore"), ("ascii", "replace"), ("latin-1", "strict"), ("utf-16", "strict"), ("utf-8", "backslashreplace")):
    b = io.BytesIO(); w = io.TextIOWrapper(b, encoding=enc, errors=err)
    try: w.write("aé中"); w.flush(); print(enc, err, b.getvalue())
    except UnicodeEncodeError as e: print(enc, err, e)
try: wrap(b"ok\xff", encoding="utf-8").read()
except UnicodeDecodeError as e: print(e)
print(wrap(b"ok\xff\xfe", encoding="utf-8", errors="replace").read().encode(), wrap(b"\xff\xfea\0", encoding="utf-16").read(), wrap(b"\xef\xbb\xbfx", encoding="utf-8-sig").read())
t = wrap(b"line1\nline2\nline3\n", encoding="ascii"); t.readline(); p = t.tell(); t.readline(); t.seek(p); print(t.readline(), t.seek(0), t.read(3), t.buffer.__class__.__name__); d = t.detach(); print(type(d).__name__)
try: t.read()
except ValueError as e: print(e)
b = io.BytesIO(); w = io.TextIOWrapper(b, encoding="ascii", line_buffering=True); w.write("no newline"); print(b.getvalue()); w.write(" now\n"); print(b.getvalue(), w.line_buffering); w.close(); print(b.closed, w.closed)
for f in (lambda: w.write("x"), lambda: io.TextIOWrapper(5), lambda: wrap(b"", encoding="nope"), lambda: wrap(b"", newline="x"), lambda: wrap(b"a").write(5), lambda: io.TextIOWrapper(io.BytesIO(), encoding="ascii").write(b"x")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
