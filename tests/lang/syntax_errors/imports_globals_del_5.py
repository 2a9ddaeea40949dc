# import, global, nonlocal, del, assert, raise, return that are wrong.
for src in (
    "with (a as b, c as d): pass",
    "with a as (b, c): pass",
    "async",
    "async x",
    "await x",
    "async with a: pass",
    "class",
    "class 1: pass",
    "class A(: pass",
    "class A(b c): pass",
    "class A(b=1, c): pass",
    "class A(*b, **c): pass",
    "@",
    "@a",
    "@a b\ndef f(): pass",
):
    try: compile(src, "s", "exec"); print(repr(src), "| ok")
    except SyntaxError as e: print(repr(src), "|", e.msg)
