# A proxy of a callable has all operators, but not the methods __bytes__ and __reversed__ that the other kind has.
import weakref


class Plain:
    def __bytes__(self):
        return b"bytes"

    def __reversed__(self):
        return iter("desrever")

    def __index__(self):
        return 2

    def __len__(self):
        return 3


class Callable(Plain):
    def __call__(self):
        return "called"


for kind in (Plain, Callable):
    o = kind()
    p = weakref.proxy(o)
    for f in (bytes, len, bool, lambda p: [1, 2, 3][p], lambda p: p(), callable,
              lambda p: p.__bytes__(), lambda p: hasattr(type(p), "__bytes__"), lambda p: hasattr(type(p), "__reversed__")):
        try:
            r = f(p)
            print(type(p).__name__, r if isinstance(r, (bytes, int, str)) else type(r).__name__)
        except Exception as e:
            print(type(p).__name__, type(e).__name__, e)
try:
    weakref.ref(Plain, callback=None)
except TypeError as e:
    print(e)
