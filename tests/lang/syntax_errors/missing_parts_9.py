# Missing colons, blocks, parentheses, operands.
T = [
    ":",
    ",",
    "= 1",
    "x == == y",
    "x <> y",
    "x ++",
    "x--",
    "++x",
    "~",
    "-",
    "0777",
    "0b12",
    "0xg",
    "1_",
    "1__0",
    "1e",
    "1a",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
