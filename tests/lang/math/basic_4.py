# math: rounding, integer functions, logs and powers.
import math
from math import *
for s in (
    "factorial(10**20)",
    "fsum([1e308, 1e308])",
    "sqrt(10**400)",
    "float(10**400)",
    "cosh(1000)",
    "copysign(1)",
    "nextafter(1)",
    "comb(5.0, 2)",
    "exp2(2000)",
    "pow(10, 400)",
    "expm1(1000)",
    "log(0.0)",
    "cbrt(-8)",
    "lcm(1.5)",
    "modf('a')",
    "sumprod" if 0 else "ulp('a')",
):
    try: print(s, "=", eval(s))
    except Exception as x: print(s, "->", type(x).__name__, x)
class F:
    def __float__(self): return 2.25
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
class I:
    def __index__(self): return 6
print(sqrt(F()), floor(F()), ceil(F()), trunc(F()), factorial(I()), gcd(I(), 4), sqrt(I()), hypot(F(), 0), isqrt(I()), comb(I(), 2), copysign(F(), -1), sorted(n for n in dir(math) if not n.startswith("_")))
