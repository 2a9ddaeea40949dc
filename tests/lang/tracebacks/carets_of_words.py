# compare: stderr
# What is marked beneath a line is an operator only where the line is an expression: not in "from m import *".
import sys
import types

m = types.ModuleType("m")
m.__all__ = ["missing"]
sys.modules["m"] = m



def f1():
    ... + m


def f2():
    d = {}
    return d ["a"] . b


def f3():
    return m.a. b [0]


def f4():
    return "a" "b" - 1


def f5():
    return .5 + m


def f6():
    return 1. .real + 2.5.imag * m


def f7():
    return m. \
        __name__ + 7


for f in f1, f2, f3, f4, f5, f6, f7:
    try:
        f()
    except Exception:
        sys.__excepthook__(*sys.exc_info())


from m import *
