# Class patterns: positional, keyword, __match_args__.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class P3(Point):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z
class NoArgs: pass
def f(p):
    match p:
        case Point(0, 0): return "origin"
        case P3(x, y, z=0): return f"flat {x} {y}"
        case P3(_, _, z): return f"3d {z}"
        case Point(x=0, y=yy): return f"y axis {yy}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "some point"
        case int(n) | float(n): return f"number {n}"
        case str(): return "string"
        case list([a, *_]): return f"list {a}"
        case dict({"k": v}): return f"dict {v}"
        case tuple((1, b)): return f"tuple {b}"
        case bool(): return "never, bool is int"
        case type(): return "class"
        case NoArgs(): return "noargs"
        case None: return "none"
        case object(__class__=c): return f"object {c.__name__}"
for v in (Point(0, 0), P3(1, 2, 0), P3(1, 2, 3), Point(0, 5), Point(3, 3), Point(1, 2), 5, 2.5, True, "s", [1, 2], {"k": 1}, (1, 2), int, NoArgs(), None, {1}, [], b"x"):
    print(type(v).__name__, f(v))
for k in ("bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"):
    ns = {}
    exec(f"v = {k}()\nmatch v:\n  case {k}(w): r = w == v", ns); print(k, ns["r"])
def err(src):
    try: exec(src, {"Point": Point, "NoArgs": NoArgs})
    except (TypeError, SyntaxError) as e: print(type(e).__name__, getattr(e, "msg", e))
err("match Point(1, 2):\n case Point(1, 2, 3): pass")
err("match NoArgs():\n case NoArgs(1): pass")
err("match 5:\n case int(1, 2): pass")
err("match 5:\n case len(1): pass")
err("match Point(1, 2):\n case Point(1, x=1): pass")
err("match 5:\n case Point(x=1, x=2): pass")
err("match 5:\n case Point(x=1, 2): pass")
class Bad: __match_args__ = ["a"]
class Bad2: __match_args__ = (1,)
for b in (Bad, Bad2):
    try:
        match b():
            case b(1): pass
    except TypeError as e: print(e)
class Dyn:
    def __getattr__(self, n): print("getattr", n); return n
match Dyn():
    case Dyn(foo="bar"): print("no")
    case Dyn(foo="foo", baz=z): print(z)
match Point(1, [2, {"k": Point(3, 4)}]):
    case Point(x, [_, {"k": Point(y=4) as inner}]): print(x, inner.x)
class Meta(type):
    def __instancecheck__(cls, o): print("instancecheck"); return o == 7
class Virtual(metaclass=Meta): pass
match 7:
    case Virtual(): print("virtual")
from dataclasses import dataclass
@dataclass
class D: a: int; b: int = 2
match D(1):
    case D(a, b): print(a, b)
match Point(1, 2):
    case Point(missing=1): print("no")
    case Point(x=1): print("attribute is there")
