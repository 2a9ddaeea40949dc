# Indentation, missing blocks, stray else.
for src in (
    "if x:\npass",
    "if x:\n  a\n b",
    "  a",
    "a\n  b",
    "if x:\n\ta\n        b",
    "def f():\n",
    "class A:\n\n\nx",
    "for a in b:\n# comment\nc",
    "while x:\n  y\n   z",
    "try:\n  a\nb",
    "try:\n  a\nexcept:\nb",
    "if x:\n  a\nelse\n  b",
    "else:\n  a",
    "elif x:\n  a",
):
    try: compile(src, "s", "exec"); print(repr(src), "ok")
    except SyntaxError as e: print(repr(src), "|", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset)
