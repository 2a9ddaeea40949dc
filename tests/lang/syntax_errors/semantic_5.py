# What the compiler refuses although the grammar takes it.
T = [
    "async def f(): yield from x",
    "async def f(): return 1",
    "def f(): await x",
    "def f(): async with x: pass",
    "def f():\n async for x in y: pass",
    "def f(): [await x for y in z]",
    "def f(): [x async for x in y]",
    "async def f(): [x async for x in y]",
    "async def f(): (await x for y in z)",
    "[x async for x in y]",
    "async def f():\n def g(): await x",
    "async def f(): lambda: await x",
    "class A: await x",
    "class A: [await x for x in y]",
    "lambda: (yield)",
    "[(yield) for x in y]",
]
for src in T:
    try: compile(src, "<t>", "exec")
    except SyntaxError as e: print(f"{src!r} | {e.msg} | {e.lineno}:{e.offset}")
    else: print(f"{src!r} | ok")
