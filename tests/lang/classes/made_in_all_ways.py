"""Instances made with defaults, keywords, *args and **kwargs, again and again at one site; and everything that goes wrong."""
import sys


class Point:
    def __init__(self, x, y=2, *rest, scale=1, **more):
        self.values = x, y, rest, scale, sorted(more.items())


class Slots:
    __slots__ = "a", "b"

    def __init__(self, a, b=None):
        self.a, self.b = a, b


class Loud:
    def __init__(self, fail=False):
        if fail:
            raise ValueError("no")

    def __del__(self):
        print("gone", end=" ")


class Returns:
    def __init__(self, what=None):
        self.what = what
        return what


class Plain:
    pass


class Sub(Point):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sub = True


for i in range(4):
    print(Point(1).values, Point(1, 3).values, Point(1, y=5).values, Point(y=1, x=2).values)
    print(Point(1, 2, 3, 4, scale=9, z=1).values, Point(*[1, 2, 3], **{"q": 1}).values, Sub(1, k=2).values)
    print(Slots(1).b, Slots(1, 2).b, Slots(b=3, a=1).b, Slots(*(1,)).a, Slots(**{"a": 7}).a)
    for call in (lambda: Point(), lambda: Slots(1, 2, 3), lambda: Slots(1, c=2), lambda: Slots(1, a=1), lambda: Returns(1),
                 lambda: Returns(*[2]), lambda: Slots(*[1, 2, 3]), lambda: Slots(**{"c": 1}), lambda: Plain(1),
                 lambda: Loud(1), lambda: Loud(*[1]), lambda: Loud(1, 2), lambda: Point(1, **{1: 2})):
        try:
            call()
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e)
    Loud()
    Loud(fail=False)
    Loud(*[])
    print(Returns(None).what, Returns(*[]).what)


def grow(n, cls, *args, **kwargs):
    return [cls(*args, **kwargs) for _ in range(n)]


print(len(grow(5, Point, 1, z=2)), grow(3, Slots, 4)[2].a, sys.getrefcount(Slots) > 1)
before = sys.getrefcount(Slots)
kept = [Slots(i, b=i) for i in range(50)] + grow(50, Slots, 1, b=2)
print(sys.getrefcount(Slots) - before)
del kept
print(sys.getrefcount(Slots) - before)
for i in range(4):
    if i == 2:
        Slots.__init__ = lambda self, *a, **k: setattr(self, "a", ("new", a, k))
    print(Slots(1).a, Slots(a=1).a)


def endless():
    class Deep:
        def __init__(self, again=1):
            Deep(again=again)
    Deep()


try:
    endless()
except RecursionError as e:
    print("deep", str(e)[:32])
