# Missing colons, blocks, parentheses, operands.
T = [
    "@x",
    "@x\n",
    "?",
    "$x",
    "x!",
    "!x",
    "x = y z",
    "a b c d",
    "not",
    "x not y",
    "x is",
    "x in",
    "x not in",
    "and x",
    "x or",
    "x if y",
    "x if y else",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
