"""__slots__: instances without a __dict__."""
import sys
import weakref


class Free:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


free, point = Free(1, 2), Point(1, 2)
size_free = sys.getsizeof(free) + sys.getsizeof(free.__dict__)
print("smaller than with a dict:", sys.getsizeof(point) < size_free)
print("has a __dict__:", hasattr(free, "__dict__"), hasattr(point, "__dict__"))
for attempt in (lambda: setattr(point, "z", 3), lambda: weakref.ref(point)):
    try:
        attempt()
    except (AttributeError, TypeError) as error:
        print(f"{type(error).__name__}: {error}")


class Left:
    __slots__ = ("a",)


class Right:
    __slots__ = ("b",)


try:
    class Both(Left, Right):
        pass
except TypeError as error:
    print("TypeError:", error)


class Open:
    __slots__ = ("x", "__dict__", "__weakref__")


opened = Open()
opened.x, opened.new = 42, 123
print("named in __slots__, both are there again:", opened.new, weakref.ref(opened)() is opened)
