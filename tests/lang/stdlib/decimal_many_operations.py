"""Thousands of decimal operations under changing contexts: results, flags, and what is raised."""
import operator
import random
import zlib
from decimal import *

random.seed(11)
ROUNDINGS = [ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP]
SPECIAL = [Decimal(text) for text in ("NaN", "Inf", "-Inf", "sNaN", "NaN123", "-0", "0e5", "0e-8", "1", "-1", "10", "0.1")]


def draw():
    if random.random() < .08:
        return random.choice(SPECIAL)
    n = random.choice([1, 2, 3, 5, 9, 17, 18, 19, 20, 28, 29, 40, 60])
    digits = "".join(random.choice("0123456789" if random.random() < .7 else "09") for _ in range(n))
    exponent = random.choice([0, 0, -1, -2, -3, -5, -10, -30, 3, 10, 40, -60, random.randint(-100, 100)])
    return Decimal(random.choice(["", "-"]) + digits + f"e{exponent}")


OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge,
              lambda a, b: a.quantize(b), lambda a, b: a.compare(b), lambda a, b: a.max(b), lambda a, b: -a, lambda a, b: +a, lambda a, b: abs(a), lambda a, b: str(a),
              lambda a, b: repr(a), lambda a, b: int(a), lambda a, b: float(a), lambda a, b: a.to_integral_value(), lambda a, b: a.normalize(), lambda a, b: a.adjusted(),
              lambda a, b: a.as_tuple(), lambda a, b: a + 5, lambda a, b: 3 - a, lambda a, b: a * 7, lambda a, b: 2 / a, lambda a, b: f"{a:.3f}", lambda a, b: f"{a:,.1f}", lambda a, b: format(a),
              lambda a, b: bool(a), lambda a, b: a == 1.5, lambda a, b: a < 2, lambda a, b: a.copy_abs(), lambda a, b: a.copy_negate(), lambda a, b: (a.is_nan(), a.is_zero(), a.is_signed(), a.is_finite()),
              lambda a, b: a.quantize(Decimal("0.01"), ROUND_HALF_UP), lambda a, b: a.quantize(Decimal("1e3"), rounding="ROUND_UP"), lambda a, b: a.is_infinite() or a.is_nan() or hash(a) == hash(Decimal(str(a))),
              lambda a, b: Decimal(a) is a, lambda a, b: sum([a, b, a]), lambda a, b: round(a, 2), lambda a, b: a // 7, lambda a, b: a % 7, lambda a, b: divmod(a, 3)]
lines = []
for i in range(6000):
    context = Context(prec=random.choice([1, 3, 9, 16, 28, 50]), rounding=random.choice(ROUNDINGS), Emin=random.choice([-999999, -150]), Emax=random.choice([999999, 150]),
                      clamp=random.choice([0, 0, 1]), traps=random.choice([[], [InvalidOperation, DivisionByZero, Overflow]]))
    setcontext(context)
    k, a, b = random.randrange(len(OPERATIONS)), draw(), draw()
    try:
        result = OPERATIONS[k](a, b)
    except Exception as e:
        result = type(e).__name__
    flags = sorted(f.__name__ for f, v in getcontext().flags.items() if v and f is not Clamped)
    lines.append(f"{k} {a!r} {b!r} {result!r} {flags}")
    if i % 100 == 99:
        print(i, zlib.crc32("\n".join(lines).encode()), lines[-1][:150])
        lines.clear()

setcontext(Context())
for value in ("1.5", " 1_000.25 ", "+.5", "5.", ".", "", "e5", "1e", "1e+5", "1E-5", "0x10", "1 2", "\u0661\u0662.5", "Infinity", "-inf", "nan12", "snan", "1e999999", "1e9999999", "1e-9999999", "1" * 50, "0" * 40 + "1", "-0.000", 5, -7, True,
              10 ** 40, -10 ** 40, 0.1, float("inf"), (0, (1, 2, 3), -2), (1, (), 0), [0, [1], "F"], (0, (1, 2), "n"), None, b"1", 1j, Decimal("2.50"), (1, 2), (2, (1,), 0), (0, (10,), 0)):
    try:
        d = Decimal(value)
        print(repr(value)[:40], repr(d), d.as_tuple().exponent)
    except Exception as e:
        print(repr(value)[:40], type(e).__name__, str(e)[:80])


class Money(Decimal):
    def __str__(self):
        return "$" + super().__str__()


m = Money("12.50")
print(m, repr(m), type(m + 1).__name__, type(-m).__name__, m + m, f"{m:.1f}", m == Decimal("12.5"), {m: 1}[Decimal("12.50")], isinstance(m, Decimal), sorted([Decimal(3), m, 5, 2.5]))
big = Decimal(10) ** 5000 + 1
getcontext().prec = 6000
big = Decimal(10) ** 5000 + 1
print(len(str(big)), str(big)[-5:], big % 10, (big * big).adjusted(), len(str(big / 7)))
for text in ("Decimal(1) / 0", "Decimal(0) / 0", "Decimal('1e999999') * 10", "Decimal(1) + 1.5", "Decimal('sNaN') + 1", "Decimal(1) < Decimal('NaN')", "hash(Decimal('sNaN'))", "int(Decimal('inf'))", "Decimal(1).quantize(5.5)",
             "Decimal(1).quantize(Decimal('1e-7000'))", "Decimal(1).quantize(1, 'x')", "Decimal('x')", "Decimal(1, 2, 3)", "Decimal(1).quantize()", "1 + Decimal('1.5')", "[] + Decimal(1)", "Decimal(1) ** Decimal('0.5')",
             "Decimal('1e1000000') + 1", "Decimal('1e-999999') / 3", "Decimal('1e99999999999999999999')", "f\"{Decimal('1.5'):q}\""):
    try:
        print(text, str(eval(text))[:60])
    except Exception as e:
        print(text, type(e).__name__, str(e)[:90])
