# ** and pow over signs, sizes and moduli.
print([(-2) ** k for k in range(10)], [0 ** k for k in range(3)], [1 ** k for k in (-3, 0, 10**18)], [(-1) ** k for k in (-3, -2, 10**18 + 1)], [2 ** k for k in (-1, -2, -10)], [10 ** k for k in (0, 18, 19, 25)], [(-10) ** k for k in (3, 18, 19)], 7 ** 77, (-7) ** 33, 2 ** 0.5, 4 ** -0.5, (-8) ** (1 / 3), 2 ** -1074, 2 ** -1075, 2.0 ** 1023, (2 ** 62) ** 2, (-2 ** 62) ** 3, True ** 5, 2 ** True)
print([pow(3, k, 7) for k in range(8)], [pow(3, -k, 7) for k in range(1, 5)], pow(2, 1000, 10**9 + 7), pow(10**30, 10**30, 10**9), pow(-3, 5, 7), pow(3, 5, -7), pow(-3, 5, -7), pow(0, 0, 1), pow(5, 0, 1), pow(5, 3, 1), pow(2, 3, 2**70), pow(2**70, 3, 5), pow(38, -1, 97), pow(-5, -1, 11), pow(2, 64, 2**64), pow(True, 2, 3), pow(12345, 67890, 998244353))
for e in ("pow(2, -1, 4)", "pow(0, -1, 7)", "pow(2, 2, 0)", "pow(2, 2.0, 3)", "pow(2.0, 2, 3)", "pow(2, 'a')", "0 ** -1", "0.0 ** -1", "10.0 ** 400", "pow(2, 3, 'a')", "2 ** None", "None ** 2", "2 ** [1]", "pow('a', 1, 2)", "(-1) ** 0.5", "0 ** 1j", "2 ** 1j", "pow(6, -1, 9)", "pow(1, -1, 1)", "10 ** -400", "(10 ** 400) ** 0.5"):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
x = 3; x **= 4; print(x); x **= -1; print(x); x = 2; x **= 100; print(x)
