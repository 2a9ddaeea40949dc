# Every dict method and its errors.
d = {"a": 1, "b": 2}
d.update({"x": 1})
d.update([("y", 2)], z=3)
d.update(w=4)
d.update()
d |= {"v": 5}
d |= [("u", 6)]
d.clear()
for st in (
    "dict.fromkeys(5)",
    "dict.fromkeys()",
    "dict.fromkeys([[]])",
    "d | 1",
    "d | [(1, 2)]",
    "[] | d",
    "d < d",
    "d + d",
    "hash(d)",
    "{[]: 1}",
    "{**1}",
    "dict(**{1: 2})",
    "d.setdefault()",
    "d.setdefault([])",
    "d.nope",
    "d.keys(1)",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
