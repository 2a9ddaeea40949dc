# math: rounding, integer functions, logs and powers.
import math
from math import *
print(pi, e, tau, inf, nan, floor(2.7), ceil(2.1), trunc(-2.7), floor(-2.5), ceil(-2.5), floor(10**20), fabs(-3), factorial(20), gcd(12, 18), gcd(), gcd(-4), gcd(0, 5), gcd(2**70, 6), lcm(4, 6), lcm(), lcm(0, 3), comb(5, 2), comb(5, 6), comb(0, 0), perm(5, 2), perm(5), isqrt(99), isqrt(10**40), sqrt(2), cbrt(27), exp(1), exp2(3), expm1(1e-10), log(10), log(8, 2), log2(8), log10(1000), log1p(1e-10), pow(2, 0.5), hypot(3, 4), hypot(1, 2, 3), hypot(), dist([0, 0], [3, 4]), fsum([0.1] * 10), prod([1, 2, 3]), prod([], start=5), prod([1.5, 2]), copysign(1, -0.0), fmod(-7, 3), remainder(7, 4), modf(3.25), modf(-3.25), frexp(8), ldexp(0.5, 4), isfinite(1), isinf(inf), isnan(nan), isclose(0.1 + 0.2, 0.3), isclose(1, 1.1, rel_tol=0.2), isclose(0, 1e-10, abs_tol=1e-9), nextafter(1, 2), ulp(1.0), degrees(pi), radians(180), sep="\n")
print(log(10**400), log2(10**400), log10(10**400), log(2**10000, 2), sqrt(10**300), isqrt(0), factorial(0), comb(100, 50), perm(10, 0), gcd(10**30, 10**20), trunc(1e20), floor(1e300) == int(1e300), log(True), floor(True))
for s in (
    "sqrt(-1)",
    "log(0)",
    "log(-1)",
    "log(10, 1)",
    "log(10, 0)",
    "log2(0)",
    "log10(-5)",
    "log1p(-1)",
    "exp(1000)",
    "factorial(-1)",
    "factorial(1.5)",
    "factorial(5.0)",
    "gcd(1.5)",
    "isqrt(-1)",
    "isqrt(1.5)",
    "comb(-1, 2)",
    "comb(5, -1)",
    "perm(-1)",
):
    try: print(s, "=", eval(s))
    except Exception as x: print(s, "->", type(x).__name__, x)
