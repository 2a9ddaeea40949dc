# The recursion limit counts calls of Python functions; CPython 3.11 counts the native call between two of them, too.
import functools


def depth_of(call):
    deepest = 0

    def down(n):
        nonlocal deepest
        deepest = n
        call(down, n + 1)

    try:
        down(0)
    except RecursionError:
        return deepest // 100


print(depth_of(lambda f, n: f(n)), depth_of(lambda f, n: sorted([n], key=f)), depth_of(lambda f, n: functools.partial(f, n)()))
