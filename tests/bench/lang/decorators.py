"""Decorators, closures, partial, wrappers with *args and **kwargs, context managers, call counters."""
from contextlib import contextmanager
from functools import partial, reduce, wraps


def counted(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def checked(*types):
    def decorate(function):
        def inner(*args):
            for value, kind in zip(args, types):
                if not isinstance(value, kind):
                    raise TypeError(value)
            return function(*args)
        return inner
    return decorate


def memoized(function):
    memo = {}

    def inner(*args):
        try:
            return memo[args]
        except KeyError:
            memo[args] = result = function(*args)
            return result
    return inner


@counted
@checked(int, int)
def add(a, b):
    return a + b


@counted
def keywords(a, b=2, *, c=3):
    return a + b + c


@memoized
def ways(n):
    return 1 if n < 3 else ways(n - 1) + ways(n - 3)


@contextmanager
def level(stack, name):
    stack.append(name)
    try:
        yield stack
    finally:
        stack.pop()


def compose(*functions):
    return reduce(lambda f, g: lambda x: g(f(x)), functions)


def adder(n):
    def inner(x):
        return x + n
    return inner


total, stack = 0, []
step = compose(adder(1), adder(2), partial(max, 5), lambda x: x * 2)
for i in range(100000):
    total += add(i, 1) + keywords(i, c=i) + step(i) + ways(i % 30)
    if i % 4 == 0:
        with level(stack, i) as s:
            total += len(s)
print(total, add.calls, keywords.calls, keywords.__name__, stack)
