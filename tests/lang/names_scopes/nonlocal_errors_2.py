# Errors that scopes raise when compiling.
cases = [
    "def f():\n global x\n x: int = 1",
    "def f(a, a): pass",
    "lambda b, b: 0",
    "def f(a, *, a): pass",
    "def f(**a, b): pass",
    "[x := 1 for x in y]",
    "[(y := 1) for x in (y := z)]",
    "class C:\n [(z := 1) for q in w]",
    "def f():\n import a as b\n global b",
    "def f():\n for x in y: pass\n global x",
    "def f():\n [x for x in y if (x := 1)]",
    "def f():\n def g(): pass\n global g",
    "def f():\n global a, b, a",
]
for case in cases:
    try:
        compile(case, "<case>", "exec")
    except SyntaxError as e:
        print(repr(case), "|", e.msg, "|", e.lineno, e.offset)
    else:
        print(repr(case), "| ok")
