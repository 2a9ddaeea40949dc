# Cells: captured by reference, shared between closures.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    def reset():
        nonlocal n
        n = 0
    return inc, get, reset
inc, get, reset = counter()
inc(); inc(5)
print(get()); reset(); print(get())
other = counter()
other[0]()
print(get(), other[1]())
fs = []
for i in range(3):
    def f(): return i
    fs.append(f)
print([f() for f in fs])
def make(n): return lambda: n
print([make(i)() for i in range(3)])
def three():
    a = 1
    def mid():
        b = 2
        def low():
            nonlocal a
            a += b
            return a
        return low
    return mid(), lambda: a
low, geta = three()
low(); low()
print(geta(), low.__closure__[0].cell_contents, low.__code__.co_freevars)
print(inc.__code__.co_freevars, counter.__code__.co_cellvars)
def late():
    def g(): return v
    try:
        g()
    except NameError as e:
        print(type(e).__name__, e)
    v = 5
    return g()
print(late())
def param(a, b):
    def g():
        nonlocal a
        a = a + b
        return a
    return g
g = param(1, 10)
print(g(), g())
def cell_del():
    x = 1
    def g(): return x
    del x
    try:
        g()
    except NameError as e:
        print(e)
cell_del()
def same():
    x = 1
    return (lambda: x), (lambda: x)
p, q = same()
print(p.__closure__[0] is q.__closure__[0] or p.__closure__[0] == q.__closure__[0])
def shadow(x):
    def inner(x): return x * 2
    return inner(x + 1), x
print(shadow(3))
