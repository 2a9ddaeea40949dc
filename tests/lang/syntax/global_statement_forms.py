# global in functions, classes, nested, with loops and imports.
def f():
    global a, b
    a, b = 1, 2
    for b in range(3): pass
f(); print(a, b)
def g():
    global c
    def c(): return "function as global"
    global D
    class D: x = "class as global"
    global m
    import math as m
    global e
    with __import__("contextlib").nullcontext(7) as e: pass
    global h
    try: 1 / 0
    except ZeroDivisionError as h: pass
g(); print(c(), D.x, m.floor(1.5), e)
try: h
except NameError as x: print(x)
def outer():
    v = "local"
    def inner():
        global v
        v = "global"
        return v
    return inner(), v
print(outer(), v)
class K:
    global k1
    k1 = 5
    k2 = 6
print(k1, hasattr(K, "k1"), K.k2)
def aug():
    global n
    n += 1
n = 0; aug(); aug(); print(n)
def dele():
    global n
    del n
dele(); print("n" in globals())
def walrus():
    global w
    [w := i for i in range(3)]
walrus(); print(w)
exec("global q; q = 1"); print(q)
