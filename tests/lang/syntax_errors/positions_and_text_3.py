# The attributes of SyntaxError: lines, offsets, text.
for src in (
    "x = a if b\n",
    "(a, b = 1)",
    "{'a': 1 'b': 2}",
    "[1, 2, 3",
    "x.y.(z)",
    "x = 0b102",
    "x = 08",
    "x = 1__0",
    "'\\N{nope}'",
    "b'é'",
    "'\\x'",
    "f = lambda: (yield",
    "nonlocal x",
    "def f(a, a):\n  pass",
    "def g():\n  x = 1\n  global x",
):
    try: compile(src, "file.py", "exec")
    except SyntaxError as e: print(f"{src!r}\n    {type(e).__name__} {e.args[0]!r} {e.args[1:]!r}")
    else: print(repr(src), "ok")
