# Comprehensions that are wrong.
for src in (
    "[*x for x in y]",
    "{**x for x in y}",
    "[x := 1 for y in z]",
    "[(x := 1) for x in z]",
    "[x for x in (x := y)]",
    "[x async for x in y]",
    "[await x for x in y]",
    "[(yield x) for x in y]",
    "[x for 1 in y]",
    "[x for f() in y]",
    "[x for x.y in z]",
    "[x for x[0] in z]",
    "[x for (x, y) in z]",
    "[x for x, in y]",
    "[x for *x in y]",
):
    try: compile(src, "s", "exec"); print(src, "| ok")
    except SyntaxError as e: print(src, "|", e.msg)
