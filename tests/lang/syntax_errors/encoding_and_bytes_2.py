# Source as bytes: cookies, marks, NUL, bad UTF-8.
for src in (
    b"'''\xc3'''",
    b"# \xff comment",
    b"x = 1 # \xc3\xa9",
    b"",
    b"\n\n",
    b"\x0cx = 1",
    b"x\xc2\xa0= 1",
    b"x = 1\x1a",
    b"# coding=utf8\nx = 5",
    b"\n\n# coding: latin-1\nx = '\xe9'",
    b"x = 1 \\\n",
    b"\\\nx = 1",
    b"x = '''a\\\nb'''",
):
    ns = {}
    try: exec(compile(src, "<b>", "exec"), ns); print(src, ascii({k: v for k, v in ns.items() if k != "__builtins__"}))
    except (SyntaxError, ValueError) as e: print(src, "->", type(e).__name__, ascii(str(e).split(" (")[0]))
for src in ("x = 1\0", "\ud800", "x = '\ud800'", "\ufeffx = 1", "x\u00a0= 1", "x = 1\u2028y = 2", "é = 1; print(é)", "x = 1 # \u2028", "\u037e", "x = “quoted”", "x = 1 – 2", "名 = 1", "x² = 1", "a\u200b = 1", "x = 5€", "🎉 = 1", "x = '\u0000'"):
    try: compile(src, "<s>", "exec"); print(ascii(src), "ok")
    except (SyntaxError, ValueError, UnicodeEncodeError) as e: print(ascii(src), "->", type(e).__name__, ascii(getattr(e, "msg", str(e))))
