"""Decimals around the lengths of machine words, in many contexts: results and signals, as one digest per operation."""
import hashlib
import random
from decimal import *

chance = random.Random(38)
LENGTHS = [1, 2, 5, 9, 17, 18, 19, 20, 27, 28, 29, 37, 38, 39, 60]
ROUNDINGS = [ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_DOWN, ROUND_UP, ROUND_CEILING, ROUND_FLOOR, ROUND_05UP]
SPECIAL = ["Inf", "-Inf", "sNaN", "0", "-0", "0E+5", "-0.00", "1E+400", "9.99E+99"]


def number():
    if chance.random() < 0.1:
        return Decimal(chance.choice(SPECIAL))
    n = chance.choice(LENGTHS)
    digits = tuple(int(chance.choice(chance.choice(["0123456789", "0", "9", "5"]))) for _ in range(n))
    return Decimal((chance.randrange(2), digits, chance.randrange(-n - 8, 9)))


OPERATIONS = {
    "add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b, "divide": lambda a, b: a / b,
    "floor": lambda a, b: a // b, "modulo": lambda a, b: a % b, "divmod": divmod, "negative": lambda a, b: (-a, +a, abs(a)),
    "order": lambda a, b: (a < b, a >= b, a == b), "compare": lambda a, b: a.compare(b), "max": lambda a, b: a.max(b),
    "min": lambda a, b: a.min(b), "normalize": lambda a, b: a.normalize(), "whole": lambda a, b: a.to_integral_value(),
    "round": lambda a, b: round(a), "places": lambda a, b: (round(a, 2), round(a, -1)), "quantize": lambda a, b: a.quantize(b),
    "cents": lambda a, b: a.quantize(Decimal("0.01"), ROUND_HALF_UP), "text": lambda a, b: (str(a), f"{a:.3f}", f"{a:,.2f}"),
    "hash": lambda a, b: hash(a), "float": lambda a, b: (float(a), int(a)), "ints": lambda a, b: (a + 1, 3 - a, 2 * a, a == 1),
    "floats": lambda a, b: (a == 0.5, a < 1.1), "create": lambda a, b: getcontext().create_decimal(str(b)),
    "from float": lambda a, b: Decimal(chance.random() * 10 ** chance.randrange(-20, 20)), "fma": lambda a, b: a.fma(b, a),
    "tuple": lambda a, b: (a.as_tuple(), a.adjusted()), "sum": lambda a, b: sum([a, b, a]),
}
digests = {name: hashlib.sha256() for name in OPERATIONS}
for _ in range(150):
    context = getcontext()
    context.prec = chance.choice([1, 3, 9, 16, 28, 28, 36, 37, 38, 50])
    context.rounding = chance.choice(ROUNDINGS)
    context.Emax, context.Emin = chance.choice([(999999, -999999), (999, -999)])
    context.traps[FloatOperation] = chance.random() < 0.1
    a, b = number(), number()
    for name, operation in OPERATIONS.items():
        context.clear_flags()
        try:
            result = repr(operation(a, b))
        except (ArithmeticError, ValueError, TypeError) as e:
            result = type(e).__name__
        flags = [signal.__name__ for signal, is_set in context.flags.items() if is_set]
        digests[name].update(f"{a!r} {b!r} {result} {flags}\n".encode())
for name, digest in digests.items():
    print(name, digest.hexdigest()[:16])
for value in 1.5, -0.0, 1e22, 5e-324, 2.0**80, 0.1:
    print(Decimal(value))
