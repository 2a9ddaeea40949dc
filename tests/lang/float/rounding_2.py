# round() of floats.
for x in (
    5.015,
    -2.675,
    1e-10,
    123456.789,
    1e22,
    1e300,
    9.995,
    0.05,
    0.15,
    0.25,
    0.35,
    1234567890.125,
):
    print(x, round(x), [round(x, n) for n in (0, 1, 2, 3, 5, -1, -2, 17, 400, -400)])
inf, nan = float("inf"), float("nan")
for e in (
    "round(inf)",
    "round(-inf)",
    "round(nan)",
    "round(inf, 2)",
    "round(nan, 1)",
    "round(1.5, 'a')",
    "round(1.5, 1.0)",
    "round(1.5, None)",
    "round(1e308, -308)",
    "round(1.7e308, -308)",
    "round('a')",
    "round(1j)",
    "round()",
    "round(1, 2, 3)",
    "round(True)",
    "round(2.5, True)",
):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
for e in (
    "type(round(2.5))",
    "type(round(2.5, 0))",
    "type(round(2))",
    "type(round(2, 1))",
    "round(-0.4)",
    "round(-0.4, 0)",
    "round(0.0, -1)",
    "round(5e-324, 323)",
    "round(1e16, 2)",
    "round(2**70 + 0.0)",
    "round(12345, -2)",
    "round(15, -1)",
    "round(25, -1)",
    "round(-15, -1)",
    "round(10**30 + 5 * 10**28, -29)",
):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
import math
print([math.floor(x) for x in (-1.5, -0.5, 0.5, 1.5, 1e20)], [math.ceil(x) for x in (-1.5, -0.5, 0.5, 1.5, 1e20)], [math.trunc(x) for x in (-1.5, 1.5)], [int(x) for x in (-1.9, 1.9, 1e20, -1e25)], [x // 1 for x in (-1.5, 1.5)])
