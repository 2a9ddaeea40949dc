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
