# dataclass: field options, comparison, freezing, conversion.
from dataclasses import *
@dataclass(order=True)
class V:
    sort: int = field(init=False, repr=False)
    name: str = field(compare=False)
    n: int = 0
    meta: dict = field(default_factory=dict, compare=False, hash=False, metadata={"doc": "m"})
    def __post_init__(self): self.sort = -self.n
a, b = V("a", 1), V("b", 2); print(a, b, a > b, sorted([a, b])[0].name, a == V("zzz", 1), fields(V)[3].metadata["doc"], [f.name for f in fields(V) if f.init], [f.name for f in fields(V) if f.repr])
@dataclass(frozen=True)
class F:
    x: int
    y: list = field(default_factory=list)
    def moved(self, d): return replace(self, x=self.x + d)
f = F(1); f.y.append(5); print(f, f.moved(2), f.moved(2).y is f.y, {F(1, ()): "k"}[F(1, ())])
for act in (lambda: setattr(f, "x", 2), lambda: delattr(f, "x"), lambda: setattr(f, "new", 1), lambda: hash(f), lambda: replace(f, z=1), lambda: F(), lambda: F(1, 2, 3), lambda: V(), lambda: a < 5, lambda: asdict(V), lambda: astuple(5)):
    try: act(); print("ok")
    except Exception as e: print(type(e).__name__, e)
@dataclass
class Tree:
    v: int
    kids: list["Tree"] = field(default_factory=list)
    parent: "Tree" = field(default=None, repr=False, compare=False)
t = Tree(1, [Tree(2), Tree(3, [Tree(4)])]); print(t, asdict(t)["kids"][1]["kids"][0]["v"], astuple(t)[1][0][0], t == Tree(1, [Tree(2), Tree(3, [Tree(4)])]), asdict(t, dict_factory=lambda kv: dict(kv[:1])))
@dataclass
class Base: a: int = 1
@dataclass
class Mid(Base): b: int = 2; a: int = 10
class Plain(Mid): c = 3
@dataclass
class Last(Plain): d: int = 4
print(Last(), Mid(5), Last.__match_args__, [f.name for f in fields(Last)], Plain() == Plain(), Plain() == Mid())
@dataclass(init=False)
class NoInit:
    x: int
    def __init__(self, s): self.x = int(s)
print(NoInit("7"), is_dataclass(NoInit), NoInit.__dataclass_params__.init, NoInit.__annotations__); C = make_dataclass("C", [("x", int, 4), ("y", int, 5)], bases=(Base,), frozen=False); print(C(1, 2), C.__mro__[1].__name__)
