# Enum features: aliases, auto, missing, mixins, flags.
from enum import *
class Shape(Enum):
    SQUARE = 2; DIAMOND = 1; CIRCLE = 3; ALIAS = 2
    @classmethod
    def _missing_(cls, v): return cls.CIRCLE if v == "round" else None
print(list(Shape), Shape.ALIAS, Shape("round"), list(Shape.__members__), Shape.SQUARE is Shape.ALIAS, Shape["ALIAS"].name)
try: Shape(9)
except ValueError as e: print(e)
class Auto(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower() * (count + 1)
    A = auto(); B = auto(); C = auto()
print([m.value for m in Auto])
class Mixed(int, Enum): ONE = 1; TWO = 2
class Ord(Enum):
    LOW = 1; HIGH = 2
    def __lt__(self, o): return self.value < o.value
print(Mixed.ONE < Mixed.TWO, Mixed.ONE + Mixed.TWO, sorted([Ord.HIGH, Ord.LOW]), Mixed(1) == 1, f"{Mixed.ONE!r}")
class P(Flag): R = 4; W = 2; X = 1; RWX = 7
p = P.R | P.W; print(p, P.R in p, P.X in p, p & P.R, p ^ P.R, ~p, P(0), bool(P(0)), P(5), list(p), P.RWX & ~P.X, p.value, p == P(6), len(p), p.name, repr(P.RWX))
class I(IntFlag): A = 1; B = 2
print(I.A | I.B, I.A | 8, I(3), I.A + 1, isinstance(I.A, int), (I.A | I.B) == 3, ~I.A)
try: P(99)
except ValueError as e: print(str(e).splitlines()[0])
@verify(UNIQUE)
class U(Enum): A = 1; B = 2
try:
    @unique
    class V(Enum): A = 1; B = 1
except ValueError as e: print(e)
class Meth(Enum):
    ADD = "+"; SUB = "-"
    def __call__(self, a, b): return a + b if self is Meth.ADD else a - b
    @property
    def label(self): return f"op {self.value}"
print(Meth.ADD(5, 3), Meth("-")(5, 3), Meth.ADD.label, [m.label for m in Meth], Meth.ADD.__class__, Meth.__len__())
class T(tuple, Enum): P = (1, 2); Q = 3, 4
print(T.P[0], T.Q, T((3, 4)) is T.Q)
match Shape.SQUARE:
    case Shape.CIRCLE: print("circle")
    case Shape.SQUARE: print("square")
E = Enum("E", ["x", "y"], start=10); print(E.x.value, E.y, Enum("F", {"k": "v"}).k.value, E.__module__, nonmember if 0 else member.__name__)
for s in ("Shape.SQUARE.value = 5", "Shape.NEW = 1", "del Shape.SQUARE", "class Z(Shape): pass", "Shape.SQUARE < Shape.CIRCLE", "Shape.SQUARE + 1", "Shape()", "Shape[1]", "Enum('G', 'a a')", "hash(Shape.SQUARE) == hash(Shape.ALIAS)", "Shape.SQUARE in Shape, 2 in [m.value for m in Shape]"):
    try: exec(f"r = {s}") if "=" not in s.replace("==", "") and not s.startswith(("del", "class")) else exec(s); print(s, "ok")
    except Exception as e: print(s, "->", type(e).__name__, e)
