# Comprehensions that are wrong.
for src in (
    "[for x in y]",
    "[x for]",
    "[x for x]",
    "[x for x in]",
    "[x for in y]",
    "[x x for x in y]",
    "[x, y for x in z]",
    "{x: y, z for x in w}",
    "{x: y for x}",
    "{for x in y}",
    "(x for x in y",
    "[x for x in y if]",
    "[x if y for x in z]",
    "[x for x in y else z]",
    "[x for x in y, z]",
):
    try: compile(src, "s", "exec"); print(src, "| ok")
    except SyntaxError as e: print(src, "|", e.msg)
