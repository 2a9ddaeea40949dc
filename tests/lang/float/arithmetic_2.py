# Float arithmetic, specials and errors.
inf, nan = float("inf"), float("nan")
for a in (7.5, -7.5, 0.0, -0.0, inf, 1e300):
    for b in (2.0, -2.0, 0.3, 7, -7, inf, -inf):
        try: print(a, b, a // b, a % b, divmod(a, b), a / b)
        except Exception as e: print(a, b, type(e).__name__, e)
for s in (
    "2.0 ** -1",
    "1.5 + 'a'",
    "'a' * 1.5",
    "1.5 & 1",
    "1.5[0]",
    "1.5()",
    "5.5 // 1e-300",
    "-1.5 % inf",
    "1e16 + 1.0",
    "1e-400",
    "abs(-0.0)",
    "-(0.0)",
    "10 ** -2",
    "10 ** 0.5",
    "4 ** 0.5",
    "round(2.5)",
    "round(-0.5)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
