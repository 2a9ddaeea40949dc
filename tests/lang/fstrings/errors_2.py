# Compile-time and run-time errors of f-strings.
for src in (
    "f'{yield}'",
    "f'{:x}'",
    "f'{a;b}'",
    "f'{import x}'",
    "f'{a!r', ",
    "f'{x = y = z}'",
    "f'{1 2}'",
    "f'{if}'",
    "f'{a.}'",
    "f'{def}'",
    "f'{=}'",
    "f'{a:b!r}'",
    "f'{{}'",
    "f'{}}'",
    "f''f'{'",
    "f'{a'",
    "f'{a!r'",
    "f'{a:'",
):
    try: compile(src, "<f>", "eval")
    except SyntaxError as e: print(src, "| SyntaxError")
    else: print(src, "| ok")
for src in ("f'{undefined}'", "f'{1/0}'", "f'{\"a\":d}'", "f'{5:zz}'", "f'{[]:5}'", "f'{None:x}'", "f'{1:{\"a\"}}'", "f'{object():>10}'", "f'{1:.2d}'", "f'{1!r:d}'", "f'{5:{-1}}'", "f'{(1,):>5}'"):
    try: print(src, eval(src))
    except Exception as e: print(src, "->", type(e).__name__, e)
class B:
    def __format__(self, s): return 5
    def __str__(self): return 5
    def __repr__(self): return None
b = B()
for src in ("f'{b}'", "f'{b!s}'", "f'{b!r}'", "f'{b!a}'", "format(b)"):
    try: print(eval(src))
    except TypeError as e: print(src, "->", e)
