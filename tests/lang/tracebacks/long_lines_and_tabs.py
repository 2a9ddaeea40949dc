# compare: stderr
import traceback
def f(a, b): return a + b
def g():
	return f(1, "tab indented")
def h():
    x = f(f(1, 2), f(3, 4)) + f(f(5, 6), f(7, 8)) + f(f(9, 10), f("eleven", 12)) + f(f(13, 14), f(15, 16)) + f(f(17, 18), f(19, 20))
def i(): return                         f(1,                        None)
def j(): return f("é" * 3, 1) + "中文"
def k():
    return [
        f(x, y)
        for x, y in [
            (1, 2),
            (3, "x"),
        ]
    ]
def l(): s = """multi
line"""; return f(s, 1)
def m(): return f(1, 2) / f(0, 0) if f(1, 1) else None
for fn in (g, h, i, j, k, l, m):
    try: fn()
    except Exception: traceback.print_exc()
f(1, b="x")
