# What the compiler refuses in patterns.
cases = [
    "match 1:\n case: pass",
    "match 1:\n case [1, 2: pass",
    "match 1:\n case {1, 2}: pass",
    "match 1:\n case x y: pass",
    "match 1:\n case *x: pass",
    "match 1:\n case *x, y: pass",
    "match 1:\n case (a, b) | (b, a): pass",
    "match 1:\n case (a, b) | (a, c): pass",
    "match 1:\n case 1 if: pass",
    "match 1, 2:\n case 1, 2: pass",
    "match x:\n case None.x: pass",
    "match 1:\n case True | False: pass",
    "match 1:\n case 1j + 1: pass",
    "match 1:\n case 1.5 - 2.5j: pass",
    "match 1:\n case lambda: 1: pass",
    "match 1:\n case (1): pass\n else: pass",
    "match 1:\n case [x] as x: pass",
    "match 1:\n case a() | b(): pass",
    "match 1:\n case 'a' b'b': pass",
]
for c in cases:
    try: compile(c, "<match>", "exec")
    except SyntaxError as e: print(repr(c[9:]), "|", e.msg, "|", e.lineno, e.offset)
    else: print(repr(c[9:]), "| ok")
