# Expressions that do not parse.
for src in (
    "{a, b: c}",
    "{**a, b}",
    "{*a: b}",
    "(a b)",
    "[a b]",
    "{a b}",
    "{a: b c: d}",
    "(a, b c)",
    "print a",
    "exec a",
    "a = b c",
    "return a b",
):
    try: compile(src, "s", "exec"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset)
