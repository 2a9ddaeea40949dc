# Missing colons, blocks, parentheses, operands.
T = [
    "del",
    "assert",
    "raise x y",
    "return return",
    "pass pass",
    "break 1",
    "x y",
    "x 1",
    "1 x",
    "1.5.5",
    "'a' b",
    "a 'b'",
    "x..y",
    "x.",
    ".x",
    "x.1",
    "@",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
