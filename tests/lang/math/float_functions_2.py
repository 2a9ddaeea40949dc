# floor, ceil, trunc, modf, frexp, ldexp, fsum, isclose, copysign, nextafter, ulp.
import math
inf, nan = math.inf, math.nan
vals = [0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 1e15 + 0.5, -1e300, 5e-324]
for f in (
    lambda: math.isclose(1, 1, rel_tol=-1),
    lambda: math.log(0),
    lambda: math.log(-1),
    lambda: math.log(2, 1),
    lambda: math.sqrt(-1),
    lambda: math.exp(710),
    lambda: math.asin(2),
    lambda: math.modf("a"),
    lambda: math.frexp(None),
    lambda: math.hypot("x"),
    lambda: math.log(10**1000) > 2302,
    lambda: math.log2(2**2000),
    lambda: math.sqrt(10**400),
):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
