# Trigonometric, hyperbolic and special functions over a grid.
from math import *
for f in (
    sin,
    cos,
    tan,
    asin,
    acos,
    atan,
    sinh,
    cosh,
    tanh,
    asinh,
    acosh,
    atanh,
    erf,
    erfc,
    gamma,
    lgamma,
    exp,
):
    out = []
    for x in (0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, 3.7, -3.7, 10.0, 1e-8, 1e10, inf, -inf, nan):
        try: r = f(x); out.append(f"{r:.10g}" if isinstance(r, float) else repr(r))
        except (ValueError, OverflowError) as e: out.append(f"{type(e).__name__} {e}")
    print(f.__name__, out)
