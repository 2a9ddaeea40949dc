# What built-in types say to odd arguments, and what they leave behind: one line for each class of answer.
import operator


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class Bad:
    def __index__(self):
        raise ZeroDivisionError("index")


class S(str):
    pass


class Named(int):
    pass


def told(f, *args, **kwargs):
    try:
        print(f.__name__ if hasattr(f, "__name__") else f, "->", f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


HUGE = 10**30

# the object itself comes back where nothing was to be done
text, part = S("xay"), S("a")
print([type(x).__name__ for x in text.partition(part)], [type(x).__name__ for x in text.rpartition("\u20ac")])
print([type(x).__name__ for x in text.split("\u20ac")], type(text % {}).__name__, type(format(text, "s")).__name__)
print(type(iter(text)).__name__, type(iter("x")).__name__, b"abc".partition(bytearray(b"b")))
print(bytearray(b"abc").partition(b"b"))

# conversions of text
for source in (bytearray(b"zz"), memoryview(b"q"), b"", "\x1c1", b"1\x1d"):
    told(int, source)
for source in ("\x1c1", " 1\n", "\u20031\u2003"):
    told(float, source)
told(int, "\x1c12\x1d", 16)
told(str, encoding=1)
told(float.fromhex, "\udc80")
told(float.__getformat__, "\udc80")

# formats
for v, spec in ((1, "\0"), (2.5, "\0"), (1e20, "#"), (1 + 2j, "#"), (2.0, "#"), ("x", "\0"), (-0.0, "#")):
    told(format, v, spec)
for form, arg in ((b"%i", "a"), (b"%x", 2.5), (b"%c", "a"), (b"%c", Index(65)), (b"%c", Bad()), (b"%f", "a"), (b"%f", Bad())):
    told(lambda: form % arg)
told(lambda: "%.99999999999f" % 1)
told(lambda: b"%.99999999999f" % 1)
told(lambda: "%.*f" % (HUGE, 1.0))

# operators
for a, b in (({}, "a"), (Named(3), "a"), (Index(2), [1]), (set(), b"a"), (3, "ab"), (range(2), (1,))):
    told(operator.imul, a, b)
    told(operator.mul, a, b)
told(operator.concat, range(2), "a")
told(operator.iconcat, memoryview(b"a"), None)
for o in ("a", (1,), frozenset(), range(3), 5):
    for key in (0, HUGE, Bad(), "k"):
        told(operator.setitem, o, key, 1)
        told(operator.delitem, o, key)
told(operator.contains, b"a", Bad())
for base, exponent in ((complex(float("inf"), 1), 1), (-1, 1j), (2 + 1j, 0), (0j, -1), (1j, 101), (1e200 + 0j, 2)):
    told(pow, base, exponent)

# arguments are looked at before anything changes
target = bytearray(b"abc")
for args in ((0, 0), (None,), (-1,), ("a",), (["a"],), (HUGE,), (iter([1, 300]),), ((1, 2),), (x for x in (5, 6))):
    told(target.__init__, *args)
    print(target)
    target[:] = b"abc"
numbers = {1, 2}
told(numbers.intersection_update, "a", 1)
print(numbers)
numbers.intersection_update([1, 5], (1,))
print(numbers)


class SubSet(set):
    pass


told(SubSet, 1, 2)
told(type("F", (frozenset,), {}), 1, 2)
told(slice("a", None).indices, -1)
told(sum, 5, "a")
told(type, 1, x=2)
told(eval, "1", "x")
told(NameError, a=1, b=2)
told(BlockingIOError, 1, "a", HUGE)
print(BlockingIOError(1, "a", 3).characters_written, type("B", (BlockingIOError,), {})(1, "a", 3).args)
print(bytearray().__reduce__(), range(3).__reduce__(1, 2))
print(type("C", (classmethod,), {"__init__": lambda self: None})())

# iterators
it = iter(range(2**40, 2**40 + 5))
next(it)
print(it.__reduce__())
it.__setstate__(3)
print(it.__reduce__(), list(it), it.__reduce__())
it = iter(range(HUGE, HUGE + 9, 4))
next(it)
print(it.__reduce__())
it.__setstate__(-5)
print(list(it), it.__reduce__())
for make in (lambda: iter([1]), lambda: iter("a"), lambda: iter(b"a"), lambda: reversed([1]), lambda: reversed("ab")):
    told(make().__setstate__, Index(0))

view = memoryview(bytearray(6)).cast("b", [2, 3])
told(view.cast, "a", "b")
told(view.cast, "\u20ac")
told(view.tobytes, "\udc80")
told(view.__getitem__, HUGE)
told(view.__getitem__, (slice(1), slice(1)))
told(view.__setitem__, (slice(1), slice(1)), b"a")
told(memoryview(bytearray(3)).__setitem__, slice(1), [1])


class Releasing:
    def __index__(self):
        held.release()
        return 1


held = memoryview(bytearray(b"abc"))
told(held.__getitem__, Releasing())
held = memoryview(bytearray(b"abc"))
told(held.__setitem__, 0, Releasing())
held = memoryview(bytearray(b"abc"))
print(list(held[: Releasing()]))
held = memoryview(bytearray(b"abc"))
told(held.__setitem__, slice(0, Releasing()), b"x")
print(memoryview(b"ab") == memoryview(b"ab"), held == held, held == memoryview(b"ab"))
for o in (b"abc", bytearray(b"abc"), memoryview(b"abc")):
    told(operator.lt, b"abc", o)
    told(operator.lt, memoryview(b"abb"), o)
