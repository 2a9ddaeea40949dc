# Float arithmetic, specials and errors.
inf, nan = float("inf"), float("nan")
print(0.1 + 0.2, 1.1 * 3, 1 / 3, 2 ** 0.5, 1e308 * 10, -1e308 * 10, 1e-324, 5e-324 / 2, 0.1 + 0.7, 3.0, 1e16, 1e15, 123456.789e3, 1e-7, 0.00001234, 1.0e5, -0.0, 0.0 == -0.0)
print(inf + 1, inf - inf, inf * 0, -inf, inf == inf, nan == nan, nan != nan, nan < 1, inf > 10**400, nan in [nan], [nan] == [nan], (nan,) == (nan,), {nan: 1}.get(nan), max(nan, 1), max(1, nan), sorted([3, inf, -inf, 0]))
for a in (7.5, -7.5, 0.0, -0.0, inf, 1e300):
    for b in (2.0, -2.0, 0.3, 7, -7, inf, -inf):
        try: print(a, b, a // b, a % b, divmod(a, b), a / b)
        except Exception as e: print(a, b, type(e).__name__, e)
for s in (
    "1.0 / 0",
    "1.0 // 0",
    "1.0 % 0",
    "divmod(1.0, 0)",
    "0.0 ** -1",
    "(-8.0) ** (1/3)",
    "(-1) ** 0.5",
    "1e200 ** 2",
    "2.0 ** 10000",
    "0.0 ** 0",
    "inf ** 0",
    "nan ** 0",
    "1 ** nan",
    "(-inf) ** 3",
    "(-2.0) ** 2",
    "(-2.0) ** 3",
    "(-0.0) ** 3",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
