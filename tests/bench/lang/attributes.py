"""Reading and writing attributes of instances, classes and slots."""


class Point:
    scale = 2

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def run(n):
    p, s = Point(1, 2), Slotted(3, 4)
    for i in range(n):
        p.x = p.y + s.x
        s.y = p.x - p.scale
        p.y = s.y - 1
        s.x = i
    return p.x, p.y, s.x, s.y


print(run(4000000))
