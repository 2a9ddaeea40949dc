"""Matrices of ints, floats and fractions: products, powers, determinants, inverses.

    matrix_multiplication.py [SIZE]
"""
import sys
from math import gcd


class Fraction:
    """An exact quotient in lowest terms."""

    __slots__ = ("num", "den")

    def __init__(self, num, den=1):
        if den == 0:
            raise ZeroDivisionError(f"Fraction({num}, 0)")
        if den < 0:
            num, den = -num, -den
        common = gcd(num, den)
        self.num, self.den = num // common, den // common

    @staticmethod
    def of(value):
        return value if isinstance(value, Fraction) else Fraction(value)

    def __add__(self, other):
        other = Fraction.of(other)
        return Fraction(self.num * other.den + other.num * self.den, self.den * other.den)

    def __sub__(self, other):
        return self + -Fraction.of(other)

    def __mul__(self, other):
        other = Fraction.of(other)
        return Fraction(self.num * other.num, self.den * other.den)

    def __truediv__(self, other):
        other = Fraction.of(other)
        return Fraction(self.num * other.den, self.den * other.num)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Fraction(-self.num, self.den)

    def __eq__(self, other):
        other = Fraction.of(other)
        return (self.num, self.den) == (other.num, other.den)

    def __bool__(self):
        return self.num != 0

    def __repr__(self):
        return f"{self.num}/{self.den}" if self.den != 1 else str(self.num)


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]
        if len({len(row) for row in self.rows}) != 1:
            raise ValueError("rows of different lengths")

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @classmethod
    def identity(cls, n, one=1):
        return cls([[one if i == j else one - one for j in range(n)] for i in range(n)])

    def transposed(self):
        return Matrix(zip(*self.rows))

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __pow__(self, n):
        result, base = Matrix.identity(self.shape[0]), self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(*pair)] for pair in zip(self.rows, other.rows)])

    def __eq__(self, other):
        return self.rows == other.rows

    def __str__(self):
        cells = [[str(cell) for cell in row] for row in self.rows]
        width = max(len(cell) for row in cells for cell in row)
        return "\n".join("[" + " ".join(cell.rjust(width) for cell in row) + "]" for row in cells)

    def inverse_and_determinant(self):
        """Gauss and Jordan over exact fractions."""
        n = self.shape[0]
        work = [[Fraction(a) for a in row] + [Fraction(i == j) for j in range(n)] for i, row in enumerate(self.rows)]
        determinant = Fraction(1)
        for column in range(n):
            pivot = next((r for r in range(column, n) if work[r][column]), None)
            if pivot is None:
                return None, Fraction(0)
            if pivot != column:
                work[pivot], work[column] = work[column], work[pivot]
                determinant = -determinant
            head = work[column][column]
            determinant = determinant * head
            work[column] = [a / head for a in work[column]]
            for r in range(n):
                if r != column and work[r][column]:
                    factor = work[r][column]
                    work[r] = [a - factor * b for a, b in zip(work[r], work[column])]
        return Matrix([row[n:] for row in work]), determinant


def main(argv):
    n = int(argv[1]) if len(argv) > 1 else 24
    a = Matrix([[(i * j + i - j) % 7 - 3 for j in range(n)] for i in range(n)])
    b = Matrix([[(i * 3 + j * 5) % 11 - 5 for j in range(n)] for i in range(n)])
    product = a @ b
    print(f"{n}x{n} product: trace {sum(product.rows[i][i] for i in range(n))}, sum {sum(map(sum, product.rows))}")
    print("transposed product agrees:", (b.transposed() @ a.transposed()).transposed() == product)
    floats = Matrix([[1 / (i + j + 1) for j in range(n)] for i in range(n)])
    print(f"float product corner: {(floats @ floats).rows[-1][-1]!r}")

    fibonacci = Matrix([[1, 1], [1, 0]]) ** 300
    print("Fibonacci 300:", fibonacci.rows[0][1])

    small = Matrix([[2, -1, 0, 3], [1, 3, -2, 0], [0, 4, 1, -1], [5, 0, 2, 1]])
    inverse, determinant = small.inverse_and_determinant()
    print("determinant", determinant)
    print(inverse)
    print("times its inverse is the identity:", small @ inverse == Matrix.identity(4, Fraction(1)))
    print("singular:", Matrix([[1, 2], [2, 4]]).inverse_and_determinant())
    for wrong in (lambda: a @ small, lambda: Matrix([[1], [1, 2]])):
        try:
            wrong()
        except ValueError as error:
            print("error:", error)


if __name__ == "__main__":
    main(sys.argv)
