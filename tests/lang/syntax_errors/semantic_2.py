# What the compiler refuses although the grammar takes it.
T = [
    "lambda a, a: 0",
    "def f(a=1, b): pass",
    "lambda a=1, b: 0",
    "def f(*): pass",
    "def f(*, **k): pass",
    "def f(**k, a): pass",
    "def f(**k, *a): pass",
    "def f(*a, *b): pass",
    "def f(/): pass",
    "def f(a, /, b, /): pass",
    "def f(*, /): pass",
    "def f(/, a): pass",
    "def f(a, *, /): pass",
    "def f(*a, /): pass",
    "def f(a, b=1, /, c): pass",
    "def f(*a=1): pass",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
