# math: rounding, integer functions, logs and powers.
import math
from math import *
print(pi, e, tau, inf, nan, floor(2.7), ceil(2.1), trunc(-2.7), floor(-2.5), ceil(-2.5), floor(10**20), fabs(-3), factorial(20), gcd(12, 18), gcd(), gcd(-4), gcd(0, 5), gcd(2**70, 6), lcm(4, 6), lcm(), lcm(0, 3), comb(5, 2), comb(5, 6), comb(0, 0), perm(5, 2), perm(5), isqrt(99), isqrt(10**40), sqrt(2), cbrt(27), exp(1), exp2(3), expm1(1e-10), log(10), log(8, 2), log2(8), log10(1000), log1p(1e-10), pow(2, 0.5), hypot(3, 4), hypot(1, 2, 3), hypot(), dist([0, 0], [3, 4]), fsum([0.1] * 10), prod([1, 2, 3]), prod([], start=5), prod([1.5, 2]), copysign(1, -0.0), fmod(-7, 3), remainder(7, 4), modf(3.25), modf(-3.25), frexp(8), ldexp(0.5, 4), isfinite(1), isinf(inf), isnan(nan), isclose(0.1 + 0.2, 0.3), isclose(1, 1.1, rel_tol=0.2), isclose(0, 1e-10, abs_tol=1e-9), nextafter(1, 2), ulp(1.0), degrees(pi), radians(180), sep="\n")
print(log(10**400), log2(10**400), log10(10**400), log(2**10000, 2), sqrt(10**300), isqrt(0), factorial(0), comb(100, 50), perm(10, 0), gcd(10**30, 10**20), trunc(1e20), floor(1e300) == int(1e300), log(True), floor(True))
for s in ("sqrt(-1)", "log(0)", "log(-1)", "log(10, 1)", "log(10, 0)", "log2(0)", "log10(-5)", "log1p(-1)", "exp(1000)", "factorial(-1)", "factorial(1.5)", "factorial(5.0)", "gcd(1.5)", "isqrt(-1)", "isqrt(1.5)", "comb(-1, 2)", "comb(5, -1)", "perm(-1)", "floor('a')", "floor(inf)", "ceil(nan)", "trunc(inf)", "sqrt('a')", "pow(0, -1)", "pow(-1, 0.5)", "fmod(1, 0)", "fmod(inf, 1)", "remainder(1, 0)", "ldexp(1, 10000)", "ldexp(1, 'a')", "acos(2)", "asin(-2)", "acosh(0.5)", "atanh(1)", "sin(inf)", "tan(inf)", "dist([1], [1, 2])", "hypot('a')", "fsum(['a'])", "fsum([inf, -inf])", "fsum(5)", "prod(['a', 'b'])", "isclose(1, 1, rel_tol=-1)", "math.nope", "sqrt()", "sqrt(1, 2)", "gamma(0)", "gamma(-1)", "gamma(200)", "lgamma(0)", "exp('x')", "log()", "log(1, 2, 3)", "log('a')", "factorial(10**20)", "fsum([1e308, 1e308])", "sqrt(10**400)", "float(10**400)", "cosh(1000)", "copysign(1)", "nextafter(1)", "comb(5.0, 2)", "exp2(2000)", "pow(10, 400)", "expm1(1000)", "log(0.0)", "cbrt(-8)", "lcm(1.5)", "modf('a')", "sumprod" if 0 else "ulp('a')"):
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
