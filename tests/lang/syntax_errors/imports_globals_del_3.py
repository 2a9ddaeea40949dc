# import, global, nonlocal, del, assert, raise, return that are wrong.
for src in (
    "nonlocal a",
    "del",
    "del a b",
    "del 1",
    "del a + b",
    "del a()",
    "del (a, b()), c",
    "del *a",
    "assert",
    "assert a b",
    "assert a, b, c",
    "raise a b",
    "raise a from",
    "raise from a",
    "raise a, b",
    "raise",
    "return",
):
    try: compile(src, "s", "exec"); print(repr(src), "| ok")
    except SyntaxError as e: print(repr(src), "|", e.msg)
