# cmath at zeros, infinities, NaNs and the ends of the range: every function at every pair.
import cmath

values = [0.0, -0.0, 1.0, -2.5, 1e300, -1e300, 1e-320, float("inf"), float("-inf"), float("nan"), 710.0, 0.5]
for name in ("acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh exp log log10 sqrt phase polar".split()):
    function = getattr(cmath, name)
    for x in values:
        row = []
        for y in values:
            try:
                r = function(complex(x, y))
                row.append(f"{r.real:.12g}{r.imag:+.12g}" if isinstance(r, complex) else repr(r))
            except (ValueError, OverflowError) as e:
                row.append(str(e))
        print(name, x, row)
