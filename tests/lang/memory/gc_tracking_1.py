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
