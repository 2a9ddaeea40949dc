# The attributes of SyntaxError: lines, offsets, text.
for src in (
    "lambda x: = 1",
    "with open(x) as f\n  pass",
    "import a.b as c.d",
    "\tif 1:\n",
    "x = (1,\n\n\n",
    "foo(a b)",
    "foo(a, b, c d, e)",
    "x = 'a' 'b' c",
    "def f(x, y=1, z):\n  pass",
    "raise X from",
    "try:\n    pass\n",
    "else:",
    "@\n",
    "x = yield = 1",
    "del (x, y",
    "assert",
):
    try: compile(src, "file.py", "exec")
    except SyntaxError as e: print(f"{src!r}\n    {type(e).__name__} {e.args[0]!r} {e.args[1:]!r}")
    else: print(repr(src), "ok")
