# Expressions that do not parse.
for src in (
    "lambda",
    "lambda a",
    "lambda a b: 1",
    "await",
    "yield = 1",
    "a = ",
    "= a",
    "a == ",
    "== a",
    "a < > b",
    "a <> b",
    "a =< b",
    "a => b",
    "a ! b",
    "a && b",
    "a || b",
):
    try: compile(src, "s", "exec"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset)
