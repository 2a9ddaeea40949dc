# Missing colons, blocks, parentheses, operands.
T = [
    "(1, 2",
    ")",
    "]",
    "}",
    "(]",
    "[)",
    "{)",
    "f(]",
    "x[1",
    "x[",
    "x[]",
    "x[1 2]",
    "print 1",
    "print 'a', 'b'",
    "exec 'x'",
    "import",
    "import a.",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
