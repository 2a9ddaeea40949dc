# Expressions that do not parse.
for src in (
    "1 +",
    "+",
    "* 2",
    "1 * * 2",
    "1 ** ",
    "1 // / 2",
    "a b",
    "a 1",
    "1 a",
    "a.",
    ".a",
    "a..b",
    "a.1",
    "a.(b)",
    "a[",
    "a[]",
):
    try: compile(src, "s", "exec"); print(src, "ok")
    except SyntaxError as e: print(src, "|", e.msg, "|", e.offset)
