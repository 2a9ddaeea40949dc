# StringIO and BytesIO.
import io
s = io.StringIO("line1\nline2\nlast")
print(repr(s.read(3)), s.tell(), repr(s.readline()), repr(s.readline(2)), list(s), repr(s.read()), repr(s.readline()), s.seek(0), s.readlines(), s.seek(2), repr(s.read(2)), s.getvalue() == "line1\nline2\nlast", s.readable(), s.writable(), s.seekable(), s.closed, s.isatty(), s.line_buffering, s.encoding, s.errors, s.newlines)
w = io.StringIO()
print(w.write("abc"), w.write("é中"), w.writelines(["x\n", "y"]), w.getvalue(), w.tell(), w.seek(1), w.write("ZZ"), w.getvalue(), w.truncate(2), w.getvalue(), w.seek(5), w.write("!"), ascii(w.getvalue()), w.seek(0, 2), w.truncate(), w.seek(0), w.read(), w.flush())
for n in ("\n", "", None, "\r\n", "\r"):
    t = io.StringIO("a\r\nb\nc\rd", newline=n); print(repr(n), list(t), repr(t.getvalue())); t = io.StringIO(newline=n); t.write("a\nb\r\n"); print(repr(t.getvalue()))
for st in (
    "s.read('a')",
    "s.write(5)",
    "s.write(b'a')",
    "s.seek(-1)",
    "s.seek(1, 1)",
    "s.seek(0, 5)",
    "s.seek('a')",
    "s.truncate(-1)",
    "io.StringIO(5)",
    "io.StringIO('a', 'b')",
    "io.StringIO(newline='x')",
    "s.fileno()",
    "s.detach()",
):
    try: print(st, "=", repr(eval(st)))
    except Exception as e: print(st, "->", type(e).__name__, e)
