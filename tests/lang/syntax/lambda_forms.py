# Lambdas with every parameter kind.
print((lambda: 1)(), (lambda x: x)(2), (lambda x, y=3: x + y)(4), (lambda *a: a)(1, 2))
print((lambda **k: k)(a=1), (lambda *, k: k)(k=5), (lambda a, /, b: (a, b))(1, b=2))
print((lambda a, /, b=1, *c, d=2, **e: (a, b, c, d, e))(1, 2, 3, d=4, f=5))
adders = [lambda x, n=n: x + n for n in range(3)]
print([f(10) for f in adders])
late = [lambda: n for n in range(3)]
print([f() for f in late])
compose = lambda f, g: lambda x: f(g(x))
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
print(sorted([(1, "b"), (2, "a")], key=lambda p: p[1]))
f = lambda x: (yield x)
print(next(f(3)), f.__name__, f.__qualname__)
print((lambda x: lambda y: lambda z: (x, y, z))(1)(2)(3))
g = lambda n: 1 if n < 2 else n * g(n - 1)
print(g(10))
h = lambda: [x for x in range(3)]
print(h(), (lambda: (a := 5, a))())
print((lambda x: x if x > 0 else -x)(-4), [*map(lambda *a: sum(a), [1, 2], [3, 4])])
try:
    (lambda x: x)()
except TypeError as e:
    print(e)
try:
    (lambda: 0)(1)
except TypeError as e:
    print(e)
d = {"k": lambda self=1: self}
print(d["k"]())
print((lambda x, *y: (x, y))(*range(3)), (lambda:0).__code__.co_name)
