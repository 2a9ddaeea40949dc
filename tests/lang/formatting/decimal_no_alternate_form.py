"""Decimal has no alternate form; the sign for it may be a fill."""
from decimal import Decimal

for spec in ("#", "#f", "+#.2f", "#<8", "#>8.2f", "##<9", "##", "é^#5", "##>5", "#=+8", "<#5", "#^"):
    try:
        print(spec, format(Decimal("3.14"), spec))
    except ValueError as error:
        print(spec, error)
