# Missing colons, blocks, parentheses, operands.
T = [
    "import a as",
    "import a b",
    "from",
    "from a",
    "from a import",
    "from a import (b",
    "from a import b c",
    "from a import (b, c))",
    "from . import",
    "from a import *, b",
    "from a import (*)",
    "from a import ()",
    "from a import b,",
    "import a,",
    "global",
    "global x y",
    "nonlocal",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {type(e).__name__} | {e.msg} | {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
    else: print(f"{src!r} | ok")
