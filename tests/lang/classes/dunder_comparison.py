# Rich comparison protocol.
class Z:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return NotImplemented if not isinstance(o, Z) else self.v == o.v
    def __lt__(self, o): return NotImplemented if not isinstance(o, Z) else self.v < o.v
    def __repr__(self): return f"Z({self.v})"
print(Z(1) == Z(1), Z(1) != Z(1), Z(1) == 1, Z(1) != 1, Z(1) < Z(2), Z(2) > Z(1), Z(1) > Z(2))
for e in ("Z(1) <= Z(2)", "Z(1) >= Z(2)", "Z(1) < 1", "1 > Z(1)", "Z(1) > 'a'"):
    try:
        print(eval(e))
    except TypeError as err:
        print(e, "->", err)
print(sorted([Z(3), Z(1), Z(2)]), max(Z(1), Z(5)), min([Z(4), Z(2)]), Z(1) in [Z(1)], [Z(1), Z(2)].index(Z(2)), [Z(1)] == [Z(1)], (Z(1),) < (Z(2),))
try:
    hash(Z(1))
except TypeError as e:
    print(e)
print(Z.__hash__)
class H(Z):
    def __hash__(self): return hash(self.v)
print({H(1): "a"}[H(1)], len({H(1), H(1), H(2)}), hash(H(5)))
class I(Z):
    __hash__ = None
try:
    {I(1)}
except TypeError as e:
    print(e)
class Odd:
    def __eq__(self, o): return "truthy"
    def __ne__(self, o): return []
    def __lt__(self, o): return 0
    def __bool__(self): return False
print(Odd() == 1, Odd() != 1, Odd() < 1, Odd() in [1], not Odd())
class OnlyNe:
    def __ne__(self, o): return "ne"
print(OnlyNe() == OnlyNe(), OnlyNe() != 1)
class OnlyEq:
    def __eq__(self, o): return True
print(OnlyEq() != 1, OnlyEq() == 5, 5 == OnlyEq(), [1, 2].count(OnlyEq()))
class Bad:
    def __eq__(self, o): raise ValueError("no comparing")
for e in ("Bad() == 1", "Bad() in [1]", "[1].index(Bad())", "1 == Bad()", "Bad() != 2", "[Bad()] == [1]"):
    try:
        print(e, eval(e))
    except ValueError as err:
        print(e, "->", err)
b = Bad()
print(b in [b], [b] == [b], [b].count(b), object() == object(), object.__eq__(b, b), object.__eq__(b, 1), object.__ne__(object, object), object.__lt__(1, 2))
import functools
@functools.total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __gt__(self, o): return self.n > o.n
print(T(1) < T(2), T(1) <= T(1), T(1) >= T(2), T(2) > T(1))
