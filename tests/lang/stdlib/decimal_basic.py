# decimal.
from decimal import *
getcontext().prec = 28
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / 3, Decimal("1.10"), Decimal(5) // 2, Decimal(-7) % 3, Decimal(2) ** 10, Decimal("1e5"), Decimal(0.1), Decimal("NaN"), Decimal("Infinity"), Decimal("-0"), Decimal("1.23456").quantize(Decimal("0.01")), Decimal("2.5").quantize(Decimal(1), ROUND_HALF_EVEN), Decimal("123.456").normalize(), Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal("1.5") == 1.5, Decimal(1) < Decimal(2), hash(Decimal(1)) == hash(1), int(Decimal("3.9")), float(Decimal("1.5")), round(Decimal("2.675"), 2), str(Decimal("1E+10")), repr(Decimal("1.0")), Decimal("1.0").as_tuple(), sum([Decimal("0.1")] * 10), max(Decimal(1), Decimal(2)), Decimal((0, (1, 2, 3), -2)), f"{Decimal('1234567.891'):,.2f}", Decimal(3).is_nan(), Decimal("12.5").adjusted(), -Decimal(1), abs(Decimal(-2)), divmod(Decimal(7), 2), Decimal("100").log10(), sep="\n")
for c in ("Decimal(1) / 0", "Decimal('x')", "Decimal(1) + 1.5", "Decimal(0) / 0", "Decimal('sNaN') + 1", "Decimal(-1).sqrt()", "Decimal(1) < 'a'", "Decimal([])"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__)
with localcontext() as ctx: ctx.prec = 5; print(Decimal(1) / 7)
print(Decimal(1) / 7)
