# When instances and their dictionaries are tracked.
import gc
class A: pass
class B:
    def __init__(self): self.x = 1
class S: __slots__ = ("v",)
class E: __slots__ = ()
class I(int): pass
class T(tuple): __slots__ = ()
class L(list): pass
for o in (
    A(),
    B(),
    S(),
    E(),
    I(5),
    T((1, 2)),
    L(),
    object(),
    Exception(),
    type("X", (), {})(),
    A,
    lambda: 0,
    (lambda: (yield))(),
    A().__init__,
    [].append,
    staticmethod(len),
    classmethod(len),
    property(),
    super(A, A()),
): print(type(o).__name__, gc.is_tracked(o), end="; ")
for o in (
    iter(()),
    iter([]),
    map(str, []),
    zip(),
    memoryview(b""),
    slice(0),
    range(0),
    ...,
    NotImplemented,
    b"",
    bytearray(),
    0.5,
    2**100,
    "",
    {}.keys(),
    frozenset(),
    set(),
    (x for x in ()),
): print(type(o).__name__, gc.is_tracked(o), end="; ")
print()
print(gc.is_tracked(A().__dict__), gc.is_tracked(B().__dict__))
a = A()
a.l = []
print(gc.is_tracked(a.__dict__))
