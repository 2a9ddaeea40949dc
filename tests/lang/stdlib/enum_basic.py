# Enum, IntEnum, Flag, auto, unique.
from enum import *
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def describe(self): return f"{self.name}={self.value}"
    @classmethod
    def default(cls): return cls.GREEN
print(Color.RED, repr(Color.RED), Color(2), Color["RED"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.name, Color.RED.value, Color.RED.describe(), Color.default(), Color.RED in Color, isinstance(Color.RED, Color), list(Color.__members__), type(Color.RED), Color.RED == 1, Color.RED != Color.GREEN, Color.RED is Color(1), {Color.RED: "k"}[Color.RED], hash(Color.RED) == hash(Color.CRIMSON), f"{Color.RED}", "%s" % Color.GREEN, Color.__name__, bool(Color.RED), [c.name for c in reversed(Color)])
for c in ("Color(5)", "Color['X']", "Color.X", "Color.RED.X", "Color.RED < Color.GREEN", "Color()", "Color.RED = 5", "del Color.RED", "class S(Color): pass", "Color.RED.value = 3", "class D(Enum):\n A = 1\n A = 2", "@unique\nclass U(Enum):\n A = 1\n B = 1"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(repr(c), "->", type(e).__name__, e)
class N(IntEnum): ONE = 1; TWO = 2
print(N.ONE + 1, N.TWO > N.ONE, N.ONE == 1, sorted([N.TWO, N.ONE]), int(N.TWO), [10, 20][N.ONE], f"{N.ONE}", repr(N.ONE), N(1), isinstance(N.ONE, int), max(N))
class P(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(P.R | P.X, P.RW & P.W, P.R in P.RW, ~P.R, P(0), P(3), list(P.RW), P.X.value, bool(P.R & P.W), repr(P.R | P.W | P.X), P.R ^ P.RW, len(P.RW))
class S(str, Enum): A = "a"; B = "b"
print(S.A == "a", S("b"), S.A.upper(), repr(S.A), isinstance(S.A, str))
class A(Enum): X = auto(); Y = auto(); Z = 10; W = auto()
print([(a.name, a.value) for a in A]); F = Enum("F", "P Q R"); print(list(F), Enum("G", {"a": 1})["a"], Enum("H", [("x", 5)]).x.value)
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    def __init__(self, m, r): self.m, self.r = m, r
    @property
    def g(self): return round(6.67e-11 * self.m / self.r ** 2, 2)
print(Planet.EARTH.g, Planet.EARTH.value)
class SE(StrEnum): A = auto(); B = "bee"
print(SE.A, SE.B.upper(), SE.A == "a", f"{SE.B}")
