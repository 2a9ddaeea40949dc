# Functions as values.
def compose(*fs):
    def composed(x):
        for f in reversed(fs): x = f(x)
        return x
    return composed
inc = lambda x: x + 1
dbl = lambda x: x * 2
print(compose(inc, dbl)(5), compose(dbl, inc)(5), compose()(5))
def curry(f, n=None):
    n = f.__code__.co_argcount if n is None else n
    def g(*args):
        return f(*args) if len(args) >= n else lambda *more: g(*args, *more)
    return g
add3 = curry(lambda a, b, c: a + b + c)
print(add3(1)(2)(3), add3(1, 2)(3), add3(1)(2, 3))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "max": max}
print([table[k](7, 3) for k in table])
print(list(map(len, ["a", "bb"])), list(filter(None, [0, 1, "", "x"])), sorted("bca", key=ord, reverse=True))
def apply(f, *args, **kw): return f(*args, **kw)
print(apply(apply, apply, max, 1, 5, 2), apply(sorted, [3, 1], reverse=True), apply(dict, a=1))
def repeat(n):
    def deco(f):
        def wrapper(*a, **k): return [f(*a, **k) for _ in range(n)]
        return wrapper
    return deco
@repeat(3)
def hello(name): return "hi " + name
print(hello("bob"))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(10))
methods = [str.upper, str.title, "x".join]
print(methods[0]("abc"), methods[1]("abc"), methods[2](["a", "b"]), [].append.__name__, [1, 2].__len__())
def memo(f):
    cache = {}
    def g(n):
        if n not in cache: cache[n] = f(n)
        return cache[n]
    g.cache = cache
    return g
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), len(fib.cache))
print((lambda f, *a: f(*a))(lambda x, y: (y, x), 1, 2), (max if 1 else min)(3, 4))
