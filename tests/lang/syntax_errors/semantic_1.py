# What the compiler refuses although the grammar takes it.
T = [
    "return",
    "return 1",
    "yield",
    "yield x",
    "await x",
    "class A:\n return",
    "class A:\n yield",
    "break",
    "continue",
    "if 1: break",
    "def f(): break",
    "while 1:\n def f(): continue",
    "for x in y:\n class A: break",
    "def f(a, a): pass",
    "def f(a, *a): pass",
    "def f(*, a, **a): pass",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
