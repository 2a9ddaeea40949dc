# Comprehensions that are wrong.
for src in (
    "[x for *x, y in z]",
    "[return x for x in y]",
    "[x for x in y for]",
    "[x for x in y if z else w]",
    "[x for x in lambda: y]",
    "[x for x in lambda: y, 1]",
    "[x for x in y if lambda: z]",
    "f(x for x in y)",
    "f(x for x in y, )",
    "f(x for x in y, 1)",
    "f(a, x for x in y)",
    "f(k=x for x in y)",
    "class A(x for x in y): pass",
):
    try: compile(src, "s", "exec"); print(src, "| ok")
    except SyntaxError as e: print(src, "|", e.msg)
