# Errors that scopes raise when compiling.
cases = [
    "nonlocal x",
    "def f():\n nonlocal x",
    "def f():\n x = 1\n global x",
    "def f():\n print(x)\n global x",
    "def f(x):\n global x",
    "def f(x):\n nonlocal x",
    "def f():\n def g():\n  nonlocal y\n  y = 1",
    "def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x",
    "def f():\n global x\n nonlocal x",
    "class C:\n nonlocal z",
    "x = 1\nglobal x",
    "def f():\n global x\n x = 1",
    "global q",
    "def f():\n x: int = 1\n global x",
]
for case in cases:
    try:
        compile(case, "<case>", "exec")
    except SyntaxError as e:
        print(repr(case), "|", e.msg, "|", e.lineno, e.offset)
    else:
        print(repr(case), "| ok")
