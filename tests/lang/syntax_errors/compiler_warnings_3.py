# SyntaxWarnings and DeprecationWarnings of the compiler.
import warnings
T = [
    "1or 2",
    "1and 2",
    "1in [1]",
    "1is 1",
    "[(lambda: 0)() for x in y]",
    "(lambda: 1)()",
    "x = 1 if 1 is 1 else 2",
    "x == None",
    "f'{x}' is y",
    "... is ...",
    "True is 1",
    "x is -1",
    "x is (1, 2)",
    "[] is []",
    "(a, b) is c",
]
for src in T:
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: compile(src, "<t>", "exec")
        except SyntaxError as e: print(repr(src), "| error", e.msg); continue
    print(repr(src), "|", [(x.category.__name__, str(x.message), x.lineno) for x in w])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for src in ("x is 1", "'\\d'", "assert (x, 'm')", "1()"):
        try: compile(src, "<t>", "exec")
        except SyntaxError as e: print(repr(src), "->", e.msg, e.lineno, e.offset)
