# SyntaxWarnings and DeprecationWarnings of the compiler.
import warnings
T = [
    "x is 1",
    "x is 'a'",
    "x is not ()",
    "x is None",
    "1()",
    "'a'()",
    "[]()",
    "{}()",
    "(1, 2)()",
    "None()",
    "f'{x}'()",
    "1.5()",
    "[1][1, 2]",
    "[1]['a']",
    "'a'[1.0]",
    "(1,)['x']",
    "{1}[0]",
]
for src in T:
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: compile(src, "<t>", "exec")
        except SyntaxError as e: print(repr(src), "| error", e.msg); continue
    print(repr(src), "|", [(x.category.__name__, str(x.message), x.lineno) for x in w])
