# Missing colons, blocks, parentheses, operands.
T = [
    "lambda x:",
    "x = ",
    "x +",
    "x + * y",
    "x =+",
    "f(",
    "f(1,",
    "f(1 2)",
    "f(a, b c)",
    "[1, 2",
    "[1 2]",
    "{1: 2",
    "{1: }",
    "{1 2}",
    "{: 1}",
    "{1:2, 3}",
    "{1, 2: 3}",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
