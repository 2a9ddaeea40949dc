# SyntaxWarnings and DeprecationWarnings of the compiler.
import warnings
T = ["x is 1", "x is 'a'", "x is not ()", "x is None", "1()", "'a'()", "[]()", "{}()", "(1, 2)()", "None()", "f'{x}'()", "1.5()", "[1][1, 2]", "[1]['a']", "'a'[1.0]", "(1,)['x']", "{1}[0]", "1[0]", "(x for x in y)[0]", "None[1]", "[1, 2][x]", "'a'['b']", "{1: 2}['a']", "assert (x, 'msg')", "assert (x,)", "assert ()", "'\\d'", "b'\\d'", "'\\400'", "f'\\d'", "'\\ '", "r'\\d'", "1if x else y", "0x1for x in y", "1or 2", "1and 2", "1in [1]", "1is 1", "[(lambda: 0)() for x in y]", "(lambda: 1)()", "x = 1 if 1 is 1 else 2", "x == None", "f'{x}' is y", "... is ...", "True is 1", "x is -1", "x is (1, 2)", "[] is []", "(a, b) is c"]
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
