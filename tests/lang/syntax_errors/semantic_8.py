# What the compiler refuses although the grammar takes it.
T = [
    "f(a, *)",
    "(yield x) = 1",
    "a, (yield) = 1",
    "with a as b, c as d: pass",
    "assert (x, 'msg')",
    "x is 1",
    "x is 'a'",
    "() is ()",
    "1()",
    "'a'()",
    "[1][1, 2]",
    "{}()",
    "(1, 2)()",
    "[1]['a']",
    "None()",
    "f''()",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
