"""Closures, cells, lambdas, functions as values, star arguments."""


def counter():
    n = 0

    def bump(by):
        nonlocal n
        n += by
        return n

    return bump


def compose(f, g):
    return lambda x: f(g(x))


def variadic(*args, **named):
    return len(args) + len(named)


def run(n):
    bump = counter()
    twice_plus = compose(lambda x: x * 2, lambda x: x + 1)
    total = 0
    for i in range(n):
        total += bump(1) + twice_plus(i)
    for i in range(n // 2):
        total += variadic(i, 1, 2, a=1, b=2) + variadic(*(1, 2, 3))
    return total


print(run(1500000))
