# Indentation, missing blocks, stray else.
for src in (
    "except:\n  a",
    "finally:\n  a",
    "if x: a\n  b",
    "if x:\n  a\n else:\n  b",
    "with a:\nb",
    "match x:\ncase 1: pass",
    "match x:\n  case 1:\n  pass",
    "def f():\n  x\n\ty",
    "if 1:\n    if 2:\n  x",
    "@d\nx = 1",
    "class A:\n  def f(self):\n  x",
    "if x:\n  a\n  elif y:\n  b",
    "x = 1\n\tz = 2",
    "lambda:\n  x",
):
    try: compile(src, "s", "exec"); print(repr(src), "ok")
    except SyntaxError as e: print(repr(src), "|", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)
