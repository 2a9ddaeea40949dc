# //, % and divmod of floats over signs and specials.
inf, nan = float("inf"), float("nan")
vals = [0.0, -0.0, 1.0, -1.0, 2.5, -2.5, 1e-300, 1e300, inf, -inf, nan]
for a in vals:
    row = []
    for b in (1.0, -1.0, 0.3, -0.3, 2.5, 1e300, inf, -inf, nan):
        row.append((a // b, a % b))
    print(a, row)
for a, b in ((5, 0.1), (1, 0.1), (0.3, 0.1), (-0.3, 0.1), (1e20, 3), (1e16, 0.3), (7.25, 0.5), (-7.25, 0.5), (7.25, -0.5)): print(a, b, a // b, a % b, divmod(a, b), a - (a // b) * b)
for e in ("1.0 // 0.0", "1.0 % 0.0", "divmod(1.0, 0.0)", "inf // 0", "nan % 0", "0.0 // 0", "0.0 / 0", "inf / 0", "1.0 // 'a'", "'%' % 1.0", "None % 1.0", "1.0 % None", "1.0 // 1j", "divmod(1j, 1.0)"):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
print(inf / inf, inf / 2, 2 / inf, -2 / inf, 0.0 / -5, 1e-320 / 2, 1e308 / 1e-10, -1e308 / 1e-10, 5e-324 / 2, 3 / 7, 1 / 3 * 3 == 1, 0.1 * 3, 0.1 * 3 == 0.3, 1 / 49 * 49)
