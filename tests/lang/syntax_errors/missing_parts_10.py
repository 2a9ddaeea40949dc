# Missing colons, blocks, parentheses, operands.
T = [
    "\\ x",
    "x \\",
    "\\",
    "x = (1,\n 2",
    "def f():\n  return (1\nx = 2",
    "match x\n case 1: pass",
    "class A:\n def f(self):\n return 1",
    "if True:\n  x = 1\n y = 2",
    "  x = 1",
    "x = 1\n  y = 2",
    "if 1:\n\tx\n        y",
    "def f():\n  pass\n pass",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
