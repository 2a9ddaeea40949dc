# floor, ceil, trunc, modf, frexp, ldexp, fsum, isclose, copysign, nextafter, ulp.
import math
inf, nan = math.inf, math.nan
vals = [0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 1e15 + 0.5, -1e300, 5e-324]
print([math.floor(v) for v in vals[:7]], [math.ceil(v) for v in vals[:7]], [math.trunc(v) for v in vals[:7]], [math.modf(v) for v in vals], [math.frexp(v) for v in vals], [math.ldexp(*math.frexp(v)) == v for v in vals], [math.fabs(v) for v in vals], [math.copysign(3, v) for v in vals])
print(math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.fsum([]), math.fsum([1, 2**53, 1]), sum([1e100, 1, -1e100]), math.isclose(1, 1 + 1e-10), math.isclose(1, 1.001), math.isclose(0, 1e-20), math.isclose(0, 1e-20, abs_tol=1e-10), math.isclose(inf, inf), math.isclose(nan, nan), math.isclose(100, 101, rel_tol=0.01), math.nextafter(0, 1), math.nextafter(1, 0), math.nextafter(inf, 0), math.nextafter(1, 1), math.ulp(1e16), math.ulp(0), math.ulp(inf), math.ulp(-1), math.fmod(5.5, 2), math.fmod(-5.5, 2), math.remainder(5.5, 2), math.remainder(3, 2), math.remainder(-5, 3), math.hypot(1e200, 1e200), math.hypot(inf, nan), math.dist((1, 2, 3), (4, 6, 3)), math.cbrt(-27), math.sqrt(2), math.log(0.5), math.log2(1 / 1024), math.log10(1e-5), math.exp(-1000), math.expm1(1e-15), math.log1p(1e-15), math.pow(2, -2), math.pow(-8, 3), math.pow(nan, 0), math.pow(1, inf), math.pow(0.5, inf), sep="\n")
for f in (
    lambda: math.ldexp(1, 2000),
    lambda: math.ldexp(1, -2000),
    lambda: math.ldexp(0, 10**30),
    lambda: math.fmod(1, 0),
    lambda: math.remainder(inf, 1),
    lambda: math.pow(0, -1),
    lambda: math.pow(-1, 0.5),
    lambda: math.floor(inf),
    lambda: math.ceil(nan),
    lambda: math.fsum([inf, -inf]),
    lambda: math.fsum(["a"]),
    lambda: math.dist([1], [1, 2]),
    lambda: math.dist([1], 5),
):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
