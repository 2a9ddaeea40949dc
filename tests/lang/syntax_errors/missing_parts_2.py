# Missing colons, blocks, parentheses, operands.
T = [
    "class\n",
    "class A\n pass",
    "class A(: pass",
    "try:\n  x",
    "try:\n  x\nelse:\n y",
    "try\n x\n",
    "except: pass",
    "try:\n x\nexcept\n y",
    "try:\n x\nexcept A B: pass",
    "try:\n x\nexcept A, B: pass",
    "try:\n x\nexcept:\n y\nexcept B:\n z",
    "try:\n x\nfinally\n y",
    "with x\n pass",
    "with: pass",
    "with x as: pass",
    "lambda x 1",
    "lambda",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
