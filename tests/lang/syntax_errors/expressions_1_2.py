# Expressions that do not parse.
for src in (
    "a[1",
    "a[1:2:3:4]",
    "a[:",
    "not",
    "a not b",
    "a is",
    "a is not",
    "in b",
    "a in",
    "a not",
    "and b",
    "a or",
    "a if",
    "a if b",
    "a if b else",
    "if a else b",
):
    try: compile(src, "s", "exec"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset)
