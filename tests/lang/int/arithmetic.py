# Integer arithmetic with signs, sizes and errors.
vals = [0, 1, -1, 2, 7, -7, 255, 2**31, -2**31, 2**62 - 1, 2**62, -2**62, 2**63, -2**63, 2**64 + 1, 10**30, -10**30]
for a in vals[:9]:
    print(a, [a + b for b in vals[:9]], [a - b for b in vals[:9]], [a * b for b in vals[:9]])
for a in vals:
    for b in (1, -1, 3, -3, 2**40, -2**40, 2**62, 10**20, -10**20):
        q, r = divmod(a, b)
        assert q == a // b and r == a % b and q * b + r == a, (a, b)
    print(a, divmod(a, 7), divmod(a, -7), divmod(a, 2**65), a % 10**9, a // -10**15)
for s in (
    "1 // 0",
    "1 % 0",
    "1 / 0",
    "divmod(1, 0)",
    "0 ** -1",
    "10**30 // 0",
    "10**30 % 0",
    "10**400 / 3",
    "1 << -1",
    "1 >> -1",
    "2 ** -2",
    "(-2) ** -1",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
for s in (
    "(-8) ** (1/3)",
    "10**400 / 10**399",
    "1 / 10**400",
    "1 << 10**30",
    "0 << 10**30",
    "1 >> 10**30",
    "-1 >> 10**30",
    "5 .__pow__(2, 3)",
    "5 .__rpow__(2)",
    "5 .__truediv__('a')",
    "7 .__rsub__(10)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print([a ** 2 for a in (-3, 0, 3, 10**10)], 2 ** 200, (-2) ** 63, (-2) ** 64, 0 ** 0, 1 ** 10**20, (-1) ** (10**20 + 1))
print([-a for a in vals], [abs(a) for a in vals[-4:]], [+a for a in (True, False)], -True, ~False)
print(2**62 - 1 + 1, 2**62 - 1 + 2**62, -2**62 - 1, 2**31 * 2**31, 2**32 * 2**32, (2**62 - 1) * 2, -2**62 * -1, 4611686018427387904 - 1, 9223372036854775807 + 1)
print(3 / 2, -3 / 2, 7 / 7, 2**53 / 3, 10**22 / 10**20, (2**70 + 1) / 2**10, 1 / 3, 10**308 / 10**300)
