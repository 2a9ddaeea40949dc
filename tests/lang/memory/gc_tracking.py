# What is tracked and what is not.
import gc
class A: pass
class S: __slots__ = ()
class S1: __slots__ = ("x",)
a = A()
a.x = 1
s1 = S1()
s1.x = 1
for name, o in (
    ("int", 1),
    ("str", "a"),
    ("None", None),
    ("bytes", b"x"),
    ("float", 1.5),
    ("list", []),
    ("list of ints", [1]),
    ("empty dict", {}),
    ("dict of atoms", {"a": 1}),
    ("dict of list", {"a": []}),
    ("empty tuple", ()),
    ("instance", a),
    ("slots empty", S()),
    ("slots one", s1),
    ("function", lambda: 0),
    ("class", A),
):
    print(name, gc.is_tracked(o))
for name, o in (
    ("module", gc),
    ("set", {1}),
    ("frozenset", frozenset([1])),
    ("generator", (x for x in [])),
    ("method", a.__init__),
    ("range", range(3)),
    ("slice", slice(1)),
    ("object", object()),
    ("exception", ValueError()),
    ("iterator", iter([])),
    ("bytearray", bytearray()),
    ("builtin", len),
    ("complex", 1j),
    ("property", property()),
    ("type", int),
):
    print(name, gc.is_tracked(o))
