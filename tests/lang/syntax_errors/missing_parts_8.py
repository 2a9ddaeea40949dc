# Missing colons, blocks, parentheses, operands.
T = [
    "if x else y",
    "async",
    "async x",
    "async def f(: pass",
    "await",
    "async for x in y: pass",
    "yield x y",
    "*",
    "**x",
    "f(**)",
    "f(*)",
    "...x",
    "x:",
    "x::",
    "x[1:2:3:4]",
    "x;;y",
    ";",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
