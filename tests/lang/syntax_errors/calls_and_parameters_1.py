# Argument lists and parameter lists that are wrong.
for src in (
    "f(a b)",
    "f(a, b c)",
    "f(a=1, 2)",
    "f(**a, b)",
    "f(**a, *b)",
    "f(a for a in b, c)",
    "f(c, a for a in b)",
    "f(a=1, a=2)",
    "f(1=2)",
    "f(a.b=1)",
    "f(a[0]=1)",
    "f('a'=1)",
    "f(None=1)",
):
    try: compile(src, "s", "eval"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset, e.end_offset)
