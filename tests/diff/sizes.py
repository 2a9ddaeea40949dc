# sys.getsizeof tells what an object takes in Atoll's heap, which is less than in CPython's for most.
import sys


class Plain:
    def __init__(self):
        self.a = self.b = 1


class Slots:
    __slots__ = ("a", "b")


for o in (0, 1.5, "", b"", (), [], {}, set(), object(), Plain(), Slots()):
    print(type(o).__name__, sys.getsizeof(o))
