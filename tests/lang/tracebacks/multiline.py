# compare: stderr
import traceback
def f():
    return foo(
        1,
        2 / 0,
    )
def foo(*a): return a
def g():
    x = [
        1,
        *5,
    ]
def h():
    return (
        1
        + undefined
        + 3
    )
def i():
    foo(1,
        2)(
        3)
def j():
    if (1 and
            undefined2):
        pass
def k():
    d = {
        "a": 1,
        "b": 1 / 0,
    }
for fn in (f, g, h, i, j, k):
    try: fn()
    except Exception: traceback.print_exc()
