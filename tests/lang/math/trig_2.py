# Trigonometric, hyperbolic and special functions over a grid.
from math import *
for f in (
    expm1,
    log,
    log2,
    log10,
    log1p,
    sqrt,
    cbrt,
    exp2,
    degrees,
    radians,
    floor,
    ceil,
    fabs,
    frexp,
    modf,
    ulp,
):
    out = []
    for x in (0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, 3.7, -3.7, 10.0, 1e-8, 1e10, inf, -inf, nan):
        try: r = f(x); out.append(f"{r:.10g}" if isinstance(r, float) else repr(r))
        except (ValueError, OverflowError) as e: out.append(f"{type(e).__name__} {e}")
    print(f.__name__, out)
for f in (atan2, pow, fmod, remainder, copysign, hypot, nextafter, ldexp):
    out = []
    for x in (0.0, -0.0, 1.5, -2.5, inf, -inf, nan):
        for y in ((3,) if f is ldexp else (0.0, -0.0, 2.0, -3.5, inf, nan)):
            try: r = f(x, y); out.append(f"{r:.10g}")
            except (ValueError, OverflowError) as e: out.append(str(e)[:20])
    print(f.__name__, out)
print(sin(pi), cos(pi), tan(pi / 4), atan2(1, -1), atan(1) * 4 == pi, sin(1) ** 2 + cos(1) ** 2, sinh(1), acosh(cosh(2)), sin(1e22), cos(1e300), repr(sin(0.1)), repr(exp(0.1)), repr(log(0.1)), erf(1), gamma(5), gamma(0.5) ** 2, lgamma(100), degrees(1), radians(1))
