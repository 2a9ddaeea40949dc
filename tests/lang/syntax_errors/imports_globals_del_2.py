# import, global, nonlocal, del, assert, raise, return that are wrong.
for src in (
    "from a import *, b",
    "from a import (*)",
    "from .a. import b",
    "from . import",
    "from a import b,",
    "from a import 'b'",
    "from a import 1",
    "from a.b import c as d, e as f",
    "from ... import x",
    "from .... import y",
    "from a import b as c.d",
    "global",
    "global a b",
    "global a.b",
    "global a,",
    "global 1",
    "nonlocal",
):
    try: compile(src, "s", "exec"); print(repr(src), "| ok")
    except SyntaxError as e: print(repr(src), "|", e.msg)
