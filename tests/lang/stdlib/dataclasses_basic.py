# dataclass: init, repr, eq, defaults, fields.
from dataclasses import *
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    hidden: str = field(default="h", repr=False, compare=False)
p = P(1); q = P(1, 0); p.tags.append("t")
print(p, q, p == q, P(1) == P(1), P(1) != P(2), P(1, hidden="z") == P(1), p.hidden)
print([(f.name, f.type, f.default is MISSING) for f in fields(P)], asdict(p), astuple(p), replace(p, x=9), is_dataclass(P), is_dataclass(p), is_dataclass(int), P.__match_args__)
for c in ("P()", "P(1, 2, 3, 4, 5)", "P(z=1)", "fields(5)", "asdict(5)", "replace(5)", "P(1) < P(2)", "hash(P(1))", "replace(p, nope=1)"):
    try: print(eval(c))
    except TypeError as e: print(c, "->", e)
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
print(V(1, 2) < V(1, 3), sorted([V(2), V(1, 5), V(1)]), hash(V(1)) == hash(V(1)), {V(1): "k"}[V(1)], max(V(1), V(2)))
try: V(1).major = 5
except FrozenInstanceError as e: print(type(e).__name__, e)
try: del V(1).major
except FrozenInstanceError as e: print(e)
for src in ("@dataclass\nclass A:\n x: int = 1\n y: int", "@dataclass\nclass A:\n x: list = []", "@dataclass(order=True, eq=False)\nclass A: pass", "@dataclass(order=True)\nclass A:\n x: int\n def __lt__(self, o): pass"):
    try: exec(src)
    except (TypeError, ValueError) as e: print(e)
