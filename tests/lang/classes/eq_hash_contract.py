# Equality and hashing together.
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return isinstance(o, P) and self.x == o.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return f"P({self.x})"
print(P(1) == P(1), P(1) in {P(1)}, {P(1): "a", P(2): "b"}[P(2)], len({P(1), P(1), P(2)}), [P(1), P(2)].index(P(2)), P(1) != P(2))
class NoHash:
    def __eq__(self, o): return True
class Inherits(NoHash): pass
class Restores(NoHash): __hash__ = object.__hash__
class Explicit: __hash__ = None
class NewEq(P):
    def __eq__(self, o): return False
for k in (NoHash, Inherits, Explicit):
    try: hash(k())
    except TypeError as e: print(e)
print(isinstance(hash(Restores()), int))
try: hash(NewEq(1))
except TypeError as e: print(e)
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
print([hash(H(v)) for v in (0, -1, 2**61 - 1, 2**61, -2**61, 10**30, True, -2)])
for bad in (1.5, "a", None):
    try: hash(H(bad))
    except TypeError as e: print(e)
class Coll:
    n = 0
    def __init__(self, v): self.v = v
    def __hash__(self): return 7
    def __eq__(self, o): Coll.n += 1; return self.v == o.v
d = {Coll(i): i for i in range(20)}; print(len(d), d[Coll(13)], Coll(99) in d, Coll.n > 100)
