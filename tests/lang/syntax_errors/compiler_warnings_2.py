# SyntaxWarnings and DeprecationWarnings of the compiler.
import warnings
T = [
    "1[0]",
    "(x for x in y)[0]",
    "None[1]",
    "[1, 2][x]",
    "'a'['b']",
    "{1: 2}['a']",
    "assert (x, 'msg')",
    "assert (x,)",
    "assert ()",
    "'\\d'",
    "b'\\d'",
    "'\\400'",
    "f'\\d'",
    "'\\ '",
    "r'\\d'",
    "1if x else y",
    "0x1for x in y",
]
for src in T:
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: compile(src, "<t>", "exec")
        except SyntaxError as e: print(repr(src), "| error", e.msg); continue
    print(repr(src), "|", [(x.category.__name__, str(x.message), x.lineno) for x in w])
