# What throw() is given reaches the object delegated to as it is: only who has no throw() makes an exception of it.
import types


class Sub:
    def __init__(self, answer):
        self.answer = answer

    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def throw(self, *args):
        print("  throw", args)
        return self.answer(*args)


def stop(*args):
    raise StopIteration("stopped")


def fail(*args):
    raise OSError("failed")


def outer(sub):
    try:
        got = yield from sub
    except BaseException as e:
        print("  outer caught", type(e).__name__, e)
        got = "caught"
    yield "after", got


def attempt(sub, *args):
    g = outer(sub)
    print(next(g))
    try:
        print(" ", g.throw(*args))
        print(" ", next(g, "end"))
    except BaseException as e:
        print("  raised", type(e).__name__, e)


for answer in (lambda *args: len(args), stop, fail):
    for args in ((7,), (ValueError,), (KeyError, "text"), (KeyError, (1, 2), None), ("a", "b", "c"), (None,)):
        attempt(Sub(answer), *args)


class Closing:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def close(self):
        print("  close")


for args in ((GeneratorExit,), (GeneratorExit("x"),), (GeneratorExit, "y"), (9,), (ValueError, 1, 2), (ValueError(1), 2)):
    attempt(Closing(), *args)


class Picky(ValueError):
    def __init__(self):
        super().__init__("picky")


def inner():
    try:
        yield "next"
    except BaseException as e:
        print("  inner caught", type(e).__name__, e)
        raise


for args in ((3,), (Picky,), (Picky, 1), (ValueError, 1, 2), (ValueError(1), 2), (GeneratorExit,)):
    attempt(inner(), *args)


class Awkward:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    @property
    def throw(self):
        raise RuntimeError("no throw today")


g = outer(Awkward())
next(g)
try:
    g.throw(ValueError)
except RuntimeError as e:
    print("straight out:", e)
print(next(g), g.gi_yieldfrom.__class__.__name__)


class Awaited:
    def __await__(self):
        return Sub(lambda *args: args)


async def coroutine():
    return await Awaited()


c = coroutine()
print(c.send(None))
print(c.throw(1, 2, 3))
try:
    c.throw(GeneratorExit)
except GeneratorExit as e:
    print("exit", e.args)


async def agen():
    try:
        yield await Awaited()
    except ZeroDivisionError:
        print("agen caught")
        yield "more"


a = agen()
step = a.asend(None)
print(step.send(None))
print(step.throw("anything"))
step = a.athrow("not", "an", "exception")
try:
    print(step.send(None))
except BaseException as e:
    print(type(e).__name__, e)
a = agen()
step = a.asend(None)
step.send(None)
try:
    step.throw(ZeroDivisionError("zero"), None, None)
    print("answered")
except BaseException as e:
    print(type(e).__name__, e)
