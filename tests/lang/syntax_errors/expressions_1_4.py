# Expressions that do not parse.
for src in (
    "!a",
    "a ++",
    "a--",
    "++",
    "a +- ",
    "a ^^ b",
    "a :: b",
    "a ; ; b",
    "a,, b",
    ", a",
    "(, a)",
    "[a,, b]",
    "{a,, b}",
    "{a: }",
    "{: b}",
    "{a: b, c}",
):
    try: compile(src, "s", "exec"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset)
