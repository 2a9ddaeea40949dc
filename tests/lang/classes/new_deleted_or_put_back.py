# A class that had a __new__ in Python, or whose base has one, calls object.__new__ through it, with all arguments.
def attempt(cls, *args):
    try:
        print(cls.__name__, args, "->", type(cls(*args)).__name__)
    except TypeError as e:
        print(cls.__name__, args, "->", e)


class Deleted:
    def __new__(cls, *args):
        return object.__new__(cls)

    def __init__(self, *args):
        pass


attempt(Deleted, 3)
del Deleted.__new__
attempt(Deleted, 3)
attempt(Deleted)


class Put:
    def __init__(self, x=0):
        pass


attempt(Put, 3)
Put.__new__ = object.__new__
attempt(Put, 3)
Put.__new__ = lambda cls, x: object.__new__(cls)
attempt(Put, 3)
Put.__new__ = object.__new__
attempt(Put, 3)
attempt(Put)


class Named(Put):
    __new__ = object.__new__


attempt(Named, 3)
attempt(Named)


class Fresh:
    __new__ = object.__new__

    def __init__(self, x):
        pass


class Below(Fresh):
    pass


attempt(Fresh, 3)
attempt(Below, 3)
Fresh.__new__ = lambda cls, x: object.__new__(cls)
attempt(Below, 3)
del Fresh.__new__
attempt(Below, 3)
attempt(Fresh, 3)


class Number(int):
    __new__ = int.__new__


class Counted(int):
    def __new__(cls, x):
        return int.__new__(cls, x + 1)


attempt(Number, 3)
print(Counted(3))
del Counted.__new__
print(Counted(3))
attempt(Counted, 3, 10, 2)


class Other(list):
    __new__ = list.__new__

    def __init__(self, *items):
        self.extend(items)


print(Other(1, 2, 3))
