# What the compiler refuses although the grammar takes it.
T = [
    "def f():\n global x\n x: int = 1",
    "{**x for x in y}",
    "[*x for x in y]",
    "(*x for x in y)",
    "{*x for x in y}",
    "f(*x for x in y)",
    "print(*)",
    "x = (*a)",
    "x = *a, ",
    "[*a]",
    "return *a,",
    "a = *b, *c",
    "for x in *a, b: pass",
    "del *a,",
    "x[*a]",
    "x[*a:1]",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
