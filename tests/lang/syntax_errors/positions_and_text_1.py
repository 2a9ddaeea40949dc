# The attributes of SyntaxError: lines, offsets, text.
for src in (
    "x = = 1",
    "def f():\n    x = 1 +\n",
    "a = 1\nb = 2\nc = (3\n",
    "if x:\n    y = 1\n  z = 2\n",
    "print('é' 5)",
    "f(é, 1 2)",
    "x = [1,\n     2 3,\n     4]",
    "'''abc\ndef",
    "'abc",
    "class A:\n    def f(self)\n        pass",
    "for x in range(10)\n    pass",
    "x = {'a': 1,\n     'b' 2}",
    "return",
    "\n\n  x\n",
    "a\n\tb",
    "x = 1 +* 2",
):
    try: compile(src, "file.py", "exec")
    except SyntaxError as e: print(f"{src!r}\n    {type(e).__name__} {e.args[0]!r} {e.args[1:]!r}")
    else: print(repr(src), "ok")
