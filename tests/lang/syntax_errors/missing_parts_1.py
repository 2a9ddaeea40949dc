# Missing colons, blocks, parentheses, operands.
T = [
    "if x\n  pass",
    "if x:\npass",
    "if:",
    "if x:",
    "else:\n  pass",
    "while\n",
    "while x\n  pass",
    "for x in\n  pass",
    "for x y: pass",
    "for in x: pass",
    "for x in y\n pass",
    "def f\n",
    "def f()\n  pass",
    "def (): pass",
    "def f(:",
    "def f(a,,b): pass",
    "def f(a b): pass",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
