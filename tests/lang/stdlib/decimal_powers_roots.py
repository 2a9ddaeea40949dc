# Integer powers and square roots of decimals: values, exponents, signs, flags, roundings and contexts.
import decimal
import random
from decimal import Decimal as D

rng = random.Random(11)
context = decimal.getcontext()


def show(action):
    context.clear_flags()
    try:
        result = action()
    except decimal.DecimalException as e:
        result = type(e).__name__
    return result, [s.__name__ for s, on in context.flags.items() if on]


for text in ("2", "-2", "1.5", "-1.50", "10", "100", "0.1", "1", "1.00", "-1.0", "0", "-0.0", "3E+5", "7E-9", "Inf", "-Inf",
             "NaN", "12345678901234567890123456789012", "9.999999999999999999999999999999"):
    for power in (0, 1, 2, 3, 7, 20, 29, 100, -1, -3, D("2.0"), D("1E+1"), D("0.5")):
        print(text, power, *show(lambda: D(text) ** power))
for text in ("0", "-0", "0E-7", "1", "1.0", "1.00", "4", "0.04", "2", "20", "1E+10", "1E+11", "1E-10", "16.00", "0.000004",
             "1234567890123456789012345678901234567890", "9999999999999999999999999999.5", "Inf", "-1", "NaN", "-Inf"):
    print(text, *show(lambda: D(text).sqrt()))
for rounding in (decimal.ROUND_UP, decimal.ROUND_FLOOR, decimal.ROUND_HALF_EVEN):
    for prec in (1, 2, 5, 9, 50):
        context.rounding, context.prec = rounding, prec
        total = []
        for _ in range(40):
            x = D(rng.randrange(1, 10 ** rng.randrange(1, 20))).scaleb(rng.randrange(-12, 12))
            total.append(str(x.sqrt()))
            total.append(str(+(x * x).sqrt() == +x))
        print(rounding, prec, " ".join(total))
context.rounding = decimal.ROUND_HALF_EVEN
for prec in (3, 28, 60):
    context.prec = prec
    print([str(D(b) ** p) for b in (3, "1.1", "-0.7") for p in (2, 5, 13)])
print(D(2).sqrt(decimal.Context(prec=5)), D(2).sqrt(context=decimal.Context(prec=7)), pow(D(3), 4, 7), 2 ** D(5), pow(D(2), 5))
with decimal.localcontext() as c:
    c.traps[decimal.Inexact] = True
    print(show(lambda: D(2).sqrt())[0], show(lambda: D(4).sqrt())[0], show(lambda: D(3) ** 200)[0])
    c.prec, c.Emax, c.Emin = 5, 10, -10
    print(show(lambda: D(10) ** 11)[0], show(lambda: D("0.1") ** 15)[0])
