# What the compiler refuses in patterns.
cases = [
    "match 1:\n case x: pass\n case y: pass",
    "match 1:\n case _: pass\n case 1: pass",
    "match 1:\n case x | 1: pass",
    "match 1:\n case 1 | x: pass",
    "match 1:\n case [a, a]: pass",
    "match 1:\n case [*a, *b]: pass",
    "match 1:\n case {**a, **b}: pass",
    "match 1:\n case a.b.c: pass",
    "match 1:\n case f(): pass",
    "match 1:\n case x as _: pass",
    "match 1:\n case x as y.z: pass",
    "match 1:\n case 1 + 1: pass",
    "match 1:\n case 1 + 2j: pass",
    "match 1:\n case -x: pass",
    "match 1:\n case f'x': pass",
    "match 1:\n case 1 as 2: pass",
    "match 1:\n pass",
    "match 1:\ncase 1: pass",
    "match:\n case 1: pass",
]
for c in cases:
    try: compile(c, "<match>", "exec")
    except SyntaxError as e: print(repr(c[9:]), "|", e.msg, "|", e.lineno, e.offset)
    else: print(repr(c[9:]), "| ok")
