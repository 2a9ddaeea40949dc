"""Numeric classes with full operator protocols: Matrix, Polynomial, Vector, Interval, Money, Rational."""
import functools
import math
import numbers
import operator
from fractions import Fraction
from itertools import chain, zip_longest


class Matrix:
    __slots__ = "rows",

    def __init__(self, rows):
        self.rows = [list(map(Fraction, r)) for r in rows]
        if len({len(r) for r in self.rows}) != 1:
            raise ValueError("ragged rows")

    @classmethod
    def identity(cls, n):
        return cls([[i == j for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        columns = list(zip(*other.rows))
        return Matrix([[sum(map(operator.mul, r, c)) for c in columns] for r in self.rows])

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(self.rows, other.rows,
            strict=True)])

    def __rmul__(self, k):
        return Matrix([[k * x for x in r] for r in self.rows]) if isinstance(k,
            numbers.Rational) else NotImplemented

    def __pow__(self, n, mod=None):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result @= base
            base, n = base @ base, n >> 1
        return result if mod is None else Matrix([[x % mod for x in r] for r in result.rows])

    def __getitem__(self, at):
        match at:
            case int(i), int(j):
                return self.rows[i][j]
            case slice() as i, slice() as j:
                return Matrix([r[j] for r in self.rows[i]])
            case slice() | int() as i, j if not isinstance(j, slice):
                return [r[j] for r in (self.rows[i] if isinstance(i, slice) else [self.rows[i]])]
            case _:
                raise TypeError(f"bad index {at!r}")

    def det(self):
        m, sign, n = [r[:] for r in self.rows], 1, len(self.rows)
        for i in range(n):
            pivot = next((r for r in range(i, n) if m[r][i]), None)
            if pivot is None:
                return Fraction(0)
            if pivot != i:
                m[i], m[pivot], sign = m[pivot], m[i], -sign
            for r in range(i + 1, n):
                k = m[r][i] / m[i][i]
                m[r] = [a - k * b for a, b in zip(m[r], m[i])]
        return sign * math.prod(m[i][i] for i in range(n))

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __iter__(self):
        return chain.from_iterable(self.rows)

    def __format__(self, spec):
        return "\n".join(" ".join(format(float(x), spec or "g") for x in r) for r in self.rows)

    def __repr__(self):
        return f"{type(self).__name__}({[[str(x) for x in r] for r in self.rows]})"


m = Matrix([[2, 1], ["1/2", 3]])
print(m, m.det(), m @ m, m ** 5, 2 * m, m + m == 2 * m, m.T[0, 1], m[:, :1], m[0:2, 1], list(m), sep="\n")
print(f"{m:8.3f}", pow(Matrix([[1, 1], [1, 0]]), 90, 1000)[0, 1], Matrix([[1, 1], [1, 0]])[0, 0])
for bad in (lambda: m @ 3, lambda: 1.5 * m, lambda: m @ Matrix([[1, 2]]), lambda: m["x"],
    lambda: m + Matrix([[1, 2]]), lambda: Matrix([[1], [1, 2]]), lambda: hash(m),
            lambda: m.z, lambda: setattr(m, "q", 1), lambda: m < m, lambda: -m, lambda: m[5, 5]):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class Poly:
    def __init__(self, *c):
        while c and c[-1] == 0:
            c = c[:-1]
        self.c = c

    __call__ = lambda self, x: functools.reduce(lambda a, k: a * x + k, reversed(self.c), 0)
    __add__ = lambda self, o: Poly(*map(sum, zip_longest(self.c, o.c, fillvalue=0)))
    __neg__ = lambda self: Poly(*map(operator.neg, self.c))
    __sub__ = lambda self, o: self + -o
    __bool__ = lambda self: bool(self.c)
    __len__ = lambda self: len(self.c)

    def __mul__(self, o):
        if isinstance(o, numbers.Number):
            o = Poly(o)
        out = [0] * (len(self) + len(o) or 1)
        for i, a in enumerate(self.c):
            for j, b in enumerate(o.c):
                out[i + j] += a * b
        return Poly(*out)

    __rmul__ = __mul__

    def __divmod__(self, o):
        q, r = Poly(), self
        while len(r) >= len(o):
            k = Poly(*[0] * (len(r) - len(o)), Fraction(r.c[-1], o.c[-1]))
            q, r = q + k, r - k * o
        return q, r

    __floordiv__ = lambda self, o: divmod(self, o)[0]
    __mod__ = lambda self, o: divmod(self, o)[1]

    def __str__(self):
        terms = [f"{k:+}" + (f"x^{i}" if i > 1 else "x" * i) for i,
            k in enumerate(self.c) if k][::-1] if all(isinstance(k, int) for k in self.c) else map(str,
                self.c)
        return " ".join(terms) or "0"

    def derive(self):
        return Poly(*(i * k for i, k in enumerate(self.c))[1:] if False else [i * k for i,
            k in enumerate(self.c)][1:])


p, q = Poly(-1, 0, 0, 1), Poly(-1, 1)
print(p, q, p * q, p + q, p(3), 2 * p, str(p // q), str(p % q), p.derive(), bool(p - p), str(p - p), len(p))


@functools.total_ordering
class Interval:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __lt__(self, o):
        return self.b < o.a if isinstance(o, Interval) else NotImplemented

    def __eq__(self, o):
        return isinstance(o, Interval) and vars(self) == vars(o)

    def __hash__(self):
        return hash((self.a, self.b))

    def __contains__(self, x):
        return self.a <= x <= self.b

    def __index__(self):
        return self.b - self.a

    def __round__(self, n=None):
        return Interval(round(self.a, n), round(self.b, n))

    def __abs__(self):
        return max(map(abs, (self.a, self.b)))

    def __iadd__(self, k):
        self.a += k
        self.b += k
        return self

    def __rsub__(self, k):
        return f"{k}-I"

    def __complex__(self):
        return complex(self.a, self.b)

    def __int__(self):
        return self.a

    __float__ = lambda self: float(self.b)
    __trunc__ = __int__
    __invert__ = lambda self: Interval(-self.b, -self.a)
    __repr__ = lambda self: f"[{self.a}, {self.b}]"


i, j = Interval(1, 4), Interval(6, 7)
print(i < j, i >= j, sorted([j, i]), 3 in i, [10, 20, 30, 40, 50][i], hex(i), abs(~i), round(Interval(1.26,
    2.71), 1), 5 - i, complex(i), float(i), int(i), "ab" * i, range(10)[i], bytes(i))
i += 10
print(i, max(i, j), {i: 1}[Interval(11, 14)], math.floor(Fraction(7, 2)), divmod(-7, 2), divmod(7.5, -2),
    (-7) >> 1, 7 & -4, 7 ^ 2, ~7, 2 ** -1, pow(3, -1, 7))
try:
    i < 3
except TypeError as e:
    print(e)
