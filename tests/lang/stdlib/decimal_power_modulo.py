# Three-argument pow with a Decimal in any place.
from decimal import Decimal

for base in (2, Decimal(2), 2.0, True):
    for exponent in (3, Decimal(3), 3.0, None):
        for modulus in (5, Decimal(5), 5.0, None):
            try:
                print(repr(pow(base, exponent, modulus)), end=" ")
            except TypeError as e:
                print(e, end=" ")
        print()
print(2 ** Decimal(3), Decimal(3).__rpow__(2), Decimal(2).__pow__(5, 7), Decimal(3).__rpow__("x"))
