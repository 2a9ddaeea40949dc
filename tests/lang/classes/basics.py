# Definition, instances, class and instance attributes.
class Point:
    """A point."""
    count = 0
    def __init__(self, x, y=0):
        self.x, self.y = x, y
        Point.count += 1
    def __repr__(self): return f"Point({self.x}, {self.y})"
    def __eq__(self, o): return isinstance(o, Point) and (self.x, self.y) == (o.x, o.y)
    def moved(self, dx=0, dy=0): return type(self)(self.x + dx, self.y + dy)
p = Point(1, 2)
print(p, p.moved(1), p == Point(1, 2), p != Point(1, 3), Point.count, p.count)
p.count = "own"
print(p.count, Point.count, vars(p))
print(Point.__name__, Point.__qualname__, Point.__doc__, Point.__module__, Point.__bases__, Point.__mro__)
print(type(p) is Point, isinstance(p, object), issubclass(Point, object), p.__class__, p.__doc__)
try:
    p.z
except AttributeError as e:
    print(e, e.name, e.obj is p)
try:
    Point.w
except AttributeError as e:
    print(e)
p.z = 3
print(p.z, hasattr(p, "z"), getattr(p, "q", "dflt"))
del p.z
try:
    del p.z
except AttributeError as e:
    print(e)
setattr(p, "any thing", 1)
print(vars(p), getattr(p, "any thing"))
try:
    hash(p)
except TypeError as e:
    print(e)
print(Point.moved(p, 5), Point.__dict__["count"], "moved" in dir(p))
class Empty: pass
print(repr(Empty()).startswith("<__main__.Empty object at 0x"), Empty() == Empty(), Empty.__dict__.get("x"))
e = Empty(); e.__dict__["k"] = 1; print(e.k)
e.__dict__ = {"m": 2}; print(e.m, hasattr(e, "k"))
for bad in (5, None, []):
    try:
        e.__dict__ = bad
    except TypeError as err:
        print(err)
for call in ("Point()", "Point(1, 2, 3)", "Empty(1)", "Empty(a=1)", "Point(1, z=2)", "object(1)", "object.__new__(Empty, 1)", "Empty.__init__(e, 5)"):
    try:
        print(eval(call))
    except TypeError as err:
        print(call, "->", err)
