# cmath, fractions, decimal, statistics, numbers.
import cmath, fractions, statistics, numbers
from fractions import Fraction as F
print(cmath.sqrt(-1), cmath.exp(1j * cmath.pi), cmath.log(-1), cmath.phase(1j), cmath.polar(1 + 1j), cmath.rect(2, cmath.pi / 2), cmath.isnan(complex("nan")), cmath.isinf(complex("inf")), cmath.isfinite(1j), cmath.isclose(1j, 1j + 1e-12), cmath.sin(1j), cmath.cos(1 + 1j), cmath.tan(0.5j), cmath.log10(100), cmath.acos(2), cmath.asinh(1j), cmath.atanh(0.5), cmath.tau, cmath.infj, cmath.nanj)
for s in ("cmath.log(0)", "cmath.sqrt('a')", "cmath.exp(1000)", "cmath.phase()", "cmath.log(1, 0)", "cmath.rect(1)", "cmath.atanh(1)"):
    try: print(s, eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print(F(1, 3) + F(1, 6), F("0.75"), F(0.5), F(6, 4), F(-1, 2), F(3, -4), F("3/7"), F(1, 3) * 3, F(1, 2) / F(1, 4), F(7, 2) // 2, F(7, 2) % 2, F(2, 3) ** 2, F(2, 3) ** -1, F(1, 2) == 0.5, F(1, 3) < F(1, 2), hash(F(1, 2)) == hash(0.5), float(F(1, 8)), int(F(7, 2)), round(F(7, 2)), F(1, 3).limit_denominator(10), F(3.14159).limit_denominator(100), F(1, 2).numerator, repr(F(1, 2)), str(F(5)), abs(F(-1, 2)), -F(1, 2), F(1, 2) + 1, F(1, 2) + 0.5, 1 - F(1, 4), F(0), bool(F(0)), sum([F(1, 3)] * 3), max(F(1, 2), F(2, 3)), F(1, 2).as_integer_ratio(), F.from_float(0.25), sorted([F(1, 2), 0.3, 1]))
for s in ("F(1, 0)", "F('a')", "F(1.5, 2)", "F(1) / 0", "F(None)", "F(1, 2) + 'a'", "F(0) ** -1", "F(float('nan'))", "F(float('inf'))"):
    try: print(s, eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.median([1, 2, 3, 4]), statistics.mode("aab"), statistics.stdev([1, 2, 3, 4]), statistics.pvariance([1, 2, 3]), statistics.multimode("aabb"), statistics.fmean([1, 2]), statistics.geometric_mean([1, 4]), statistics.harmonic_mean([1, 2]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.mean([F(1, 2), F(1, 3)]))
print(isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), isinstance(1j, numbers.Complex), isinstance(F(1), numbers.Rational), isinstance(True, numbers.Number), isinstance("a", numbers.Number))
