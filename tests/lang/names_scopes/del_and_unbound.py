# Unbound names after del, in branches, loops and handlers.
def a(flag):
    if flag: x = 1
    return x
def b():
    x = 1
    del x
    x
def c():
    for i in []: pass
    return i
def d():
    try: 1 / 0
    except ZeroDivisionError as e: pass
    return e
def e():
    del y
    y = 1
def f():
    with n() as v: pass
    return v
def n():
    import contextlib
    return contextlib.nullcontext(5)
def g():
    def inner(): return z
    if 0: z = 1
    return inner()
def h():
    x = 1
    def inner(): nonlocal x; del x
    inner(); return x
def i(p):
    del p
    return p
def j():
    import math
    del math
    return math
def k():
    class C: q = r
    r = 1
def l():
    [w for w in "a"]
    return w
def m():
    x = x + 1
for fn, args in ((a, (0,)), (a, (1,)), (b, ()), (c, ()), (d, ()), (e, ()), (f, ()), (g, ()), (h, ()), (i, (1,)), (j, ()), (k, ()), (l, ()), (m, ())):
    try: print(fn.__name__, fn(*args))
    except NameError as x: print(fn.__name__, type(x).__name__, x)
x = 1; del x
for s in ("x", "del x", "x += 1", "print(x)", "x.y", "x[0]", "del undefined"):
    try: exec(s)
    except NameError as e: print(s, "->", e)
