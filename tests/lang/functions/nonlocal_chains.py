# nonlocal through several levels.
def a():
    n = 0
    def b():
        def c():
            nonlocal n
            n += 1
            def d():
                nonlocal n
                n += 10
                return n
            return d
        return c
    return b, lambda: n
b, read = a()
d = b()()
print(read(), d(), d(), read())
def x():
    v = "x"
    def y():
        v = "y"
        def z():
            nonlocal v
            v = "changed"
        z()
        return v
    return y(), v
print(x())
def params(p, q=2):
    def f():
        nonlocal p, q
        p, q = q, p
        return p, q
    return f
f = params(1); print(f(), f(), f())
def loop():
    total = 0
    def add(i):
        nonlocal total
        total += i
    for i in range(5): add(i)
    return total
print(loop())
def cls():
    count = 0
    class C:
        def __init__(self):
            nonlocal count
            count += 1
    C(); C()
    return count
print(cls())
