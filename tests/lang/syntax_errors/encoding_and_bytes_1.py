# Source as bytes: cookies, marks, NUL, bad UTF-8.
for src in (
    b"x = 1",
    b"\xef\xbb\xbfx = 1",
    b"# coding: latin-1\nx = '\xe9'",
    b"# -*- coding: utf-8 -*-\nx = '\xc3\xa9'",
    b"x = '\xff'",
    b"# coding: nope\nx = 1",
    b"#!/usr/bin/python\n# vim: set fileencoding=ascii :\nx = 1",
    b"# coding: ascii\nx = '\xc3\xa9'",
    b"x = 1\0",
    b"x = '\xc3\xa9'",
    b"\xef\xbb\xbf# coding: latin-1\nx = 1",
    b"x = 1\r\ny = 2\r\n",
    b"x = 1\ry = 2",
    b"\xff\xfex\x00",
):
    ns = {}
    try: exec(compile(src, "<b>", "exec"), ns); print(src, ascii({k: v for k, v in ns.items() if k != "__builtins__"}))
    except (SyntaxError, ValueError) as e: print(src, "->", type(e).__name__, ascii(str(e).split(" (")[0]))
