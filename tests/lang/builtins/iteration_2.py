# iter, next, enumerate, zip, map, filter, reversed, all, any, sorted.
vals = iter([1, 2, 3, 0, 5])
c = iter(lambda: 1, 1)
for s in (
    "list(zip([], [1], strict=True))",
    "list(zip([1], [1, 2], [1], strict=True))",
    "list(zip([1], [1], [], strict=True))",
    "zip(foo=1)",
    "map()",
    "map(str)",
    "list(map(5, [1]))",
    "map(str, 5)",
    "list(map(len, [5]))",
    "filter()",
    "filter(None)",
    "filter(None, 5)",
    "list(filter(5, [1]))",
    "reversed()",
    "reversed(5)",
):
    try: print(s, "=", eval(s))
    except BaseException as e: print(s, "->", type(e).__name__, e)
