# Float arithmetic, specials and errors.
inf, nan = float("inf"), float("nan")
for a in (7.5, -7.5, 0.0, -0.0, inf, 1e300):
    for b in (2.0, -2.0, 0.3, 7, -7, inf, -inf):
        try: print(a, b, a // b, a % b, divmod(a, b), a / b)
        except Exception as e: print(a, b, type(e).__name__, e)
for s in (
    "round(2.675, 2)",
    "round(1e300, -299)",
    "round(1.5, 400)",
    "round(12345.678, -2)",
    "round(inf)",
    "round(nan)",
    "round(inf, 2)",
    "round(1.5, None)",
    "round(0.5), round(1.5), round(3.5)",
    "round(5e15 + 0.5)",
    "round(1234567.125, 2)",
    "round(-2.5), round(-3.5)",
    "round(1e22)",
    "round(0.1 + 0.2, 17)",
    "round(1.005, 2)",
    "round(1, 1.0)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print(1.5 + 1, 1 + 1.5, True + 0.5, 2 ** 62 + 0.0, 2**63 * 1.0, 3 * 0.1, 7 // 2.0, 7 % 2.5, -7 // 2.0, 2.5.__add__(1), (1.5).__radd__(2), 1.5.__mul__("a"), 1.5 .__eq__(1.5), 1.5 < 2, 1 < 1.5 < 2, 1.0 == 1, hash(1.0) == hash(1), hash(0.5), hash(inf), hash(-inf), hash(1e300), hash(-0.0))
x = 1.5
x += 1
x *= 2
x -= 0.5
x /= 3
x **= 2
x //= 0.5
x %= 2
print(x)
s = 0.0
for i in range(1000): s += 0.1
print(s, sum([0.1] * 10), sum(0.1 for _ in range(10)), 0.1 * 10)
