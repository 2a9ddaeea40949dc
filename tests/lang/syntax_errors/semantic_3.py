# What the compiler refuses although the grammar takes it.
T = [
    "def f(**k=1): pass",
    "def f(*, *a): pass",
    "f(a=1, a=2)",
    "f(**a, *b)",
    "f(**a, b)",
    "f(a=1, b)",
    "f(*a, b=1, *c, **d)",
    "f(b=1, *a)",
    "f(x for x in y, 1)",
    "f(1, x for x in y)",
    "f(x for x in y)",
    "f(a=x for x in y)",
    "class A(x for x in y): pass",
    "class A(a=1, b): pass",
    "global x; x = 1",
    "x = 1; global x",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
