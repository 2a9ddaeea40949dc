# What the compiler refuses although the grammar takes it.
T = [
    "[x for x in (yield)]",
    "{(yield): 1 for x in y}",
    "((yield) for x in y)",
    "def f(): [(yield) for x in y]",
    "def f(): [x for x in (yield)]",
    "class A: (yield)",
    "def f(x=(yield)): pass",
    "def f() -> (yield): pass",
    "async def f(): [(yield) for x in y]",
    "try:\n pass\nexcept* A:\n break",
    "for x in y:\n try: pass\n except* A: break",
    "def f():\n try: pass\n except* A: return",
    "try: pass\nexcept A: pass\nexcept* B: pass",
    "try: pass\nexcept*: pass",
    "x: int = 1; global x",
    "def f():\n x: int\n global x",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
