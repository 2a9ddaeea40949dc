# import, global, nonlocal, del, assert, raise, return that are wrong.
for src in (
    "return 1",
    "yield",
    "break",
    "continue",
    "pass a",
    "break a",
    "pass; pass",
    "try: pass",
    "try: pass\nexcept a b: pass",
    "try: pass\nexcept a, b: pass",
    "try: pass\nexcept a as b.c: pass",
    "try: pass\nexcept (a, b) as 1: pass",
    "with",
    "with a as",
    "with a as 1: pass",
    "with a, : pass",
    "with (a, b) as c: pass",
):
    try: compile(src, "s", "exec"); print(repr(src), "| ok")
    except SyntaxError as e: print(repr(src), "|", e.msg)
