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
