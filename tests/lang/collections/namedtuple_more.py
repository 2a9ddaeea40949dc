# namedtuple used as tuple, class and dict.
from collections import namedtuple
P = namedtuple("P", "x y z", defaults=(2, 3)); p = P(1)
print(p, p.x + p[1], *p, len(p), p._asdict(), p._replace(z=0), P._fields, P._field_defaults, P(*"abc"), P(x=1, z=5), P._make(range(3)), p == (1, 2, 3), p < P(2), hash(p) == hash((1, 2, 3)), (1, 2, 3) in {p}, p[1:], p + (4,), p * 2, p.index(2), p.count(3), sorted([P(3), P(1)]), max(P(1), P(2)), {p: "k"}[(1, 2, 3)], tuple(p), list(p), dict(zip(P._fields, p)), isinstance(p, tuple), P.__bases__, P.__doc__, P.x.__doc__, repr(P(None, "s", [1])))
x, y, z = p; a, *b = p; print(x, y, z, a, b, [v for v in p], f"{p}", "%s %s %s" % p, "{0.x} {0[1]}".format(p))
match p:
    case P(x=1, y=yy): print("matched", yy)
match p:
    case P(1, 2, 3): print("positional")
match p:
    case (1, *rest): print("as sequence", rest)
class Q(P):
    def norm(self): return self.x + self.y
    def __str__(self): return f"Q<{self.x}>"
q = Q(5); print(q, repr(q), q.norm(), q._replace(x=6), type(q._replace(x=6)).__name__, q == P(5)); q.extra = 1; print(vars(q))
for f in (lambda: P(), lambda: P(1, 2, 3, 4), lambda: P(w=1), lambda: p._replace(w=1), lambda: p.w, lambda: setattr(p, "x", 1), lambda: delattr(p, "x"), lambda: p.__setitem__(0, 1), lambda: P._make([1]) , lambda: namedtuple("A", "a a"), lambda: namedtuple("A", "_a"), lambda: namedtuple("A", ["a b"]), lambda: namedtuple("A", "for"), lambda: namedtuple("0", "a"), lambda: namedtuple("A", "a b", defaults=(1, 2, 3))):
    try: print(f())
    except (TypeError, ValueError, AttributeError) as e: print(type(e).__name__, e)
print(namedtuple("R", "a for a _b", rename=True)._fields, namedtuple("S", "")(), namedtuple("T", "a,b , c")._fields, namedtuple("U", ("k",))(1), namedtuple("V", "self cls")(1, 2), P.__new__.__defaults__, P.__match_args__)
