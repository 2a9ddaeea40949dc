# What the compiler refuses although the grammar takes it.
T = [
    "def f():\n x = 1\n global x",
    "def f(x): global x",
    "def f():\n nonlocal x",
    "nonlocal x",
    "def f():\n global x\n nonlocal x",
    "class A:\n nonlocal x",
    "from x import *",
    "def f():\n from x import *",
    "class A:\n from x import *",
    "from __future__ import nope",
    "from __future__ import braces",
    "x = 1\nfrom __future__ import annotations",
    "'doc'\nfrom __future__ import annotations",
    "from __future__ import annotations as a",
    "def f(): yield; return 1",
    "async def f(): yield 1; return 1",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
