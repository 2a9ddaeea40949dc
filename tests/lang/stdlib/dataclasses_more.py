# Inheritance, post_init, InitVar, ClassVar, kw_only, slots.
from dataclasses import *
from typing import ClassVar
@dataclass
class Base:
    a: int
    b: int = 2
    count: ClassVar[int] = 0
    def __post_init__(self): self.sum = self.a + self.b; Base.count += 1
@dataclass
class Sub(Base):
    c: str = "c"
    a: int = 10
    scale: InitVar[int] = 1
    def __post_init__(self, scale): super().__post_init__(); self.scaled = self.sum * scale
print(Sub(), Sub(1, 2, "z", 5).scaled, Base.count, [f.name for f in fields(Sub)], Base(5).sum)
@dataclass(kw_only=True)
class K:
    x: int
    y: int = 1
print(K(x=5))
try: K(5)
except TypeError as e: print(e)
@dataclass
class M:
    a: int
    _: KW_ONLY
    b: int = 0
print(M(1, b=2), M.__init__.__kwdefaults__ is None or True)
@dataclass(slots=True)
class S:
    x: int = 1
    y: str = "s"
s = S(); print(s, hasattr(s, "__dict__"), S.__slots__)
try: s.z = 1
except AttributeError as e: print(e)
@dataclass(eq=False)
class E: x: int = 1
print(E() == E(), hash(E()) is not None)
@dataclass(unsafe_hash=True)
class U: x: int = 1
print(hash(U()) == hash(U()), repr(U()))
@dataclass(repr=False, init=False)
class N: x: int = 5
print(N().x, "object at" in repr(N()))
D = make_dataclass("D", [("x", int), ("y", int, field(default=5)), "z" if 0 else ("w", str, "w")], namespace={"total": lambda self: self.x + self.y}); print(D(1), D(1).total())
@dataclass
class T: left: "T | None" = None; right: "T | None" = None; v: int = 0
t = T(T(v=1), T(T(v=2), v=3), 4); print(t, asdict(t)); t.left.left = t; print(repr(t).count("..."))
match P(1, 2) if 0 else V(3) if 0 else T(v=7):
    case T(left=None, v=v): print("matched", v)
