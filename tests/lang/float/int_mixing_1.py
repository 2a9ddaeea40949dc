# Ints and floats together: exactness at the borders.
big = 2**53
print(big + 1.0, float(big + 1), float(big + 2), float(big + 3), (big + 1) * 1.0, big + 1 == float(big + 1), float(2**1023), float(-2**63), float(10**22), float(10**23), float(123456789012345678), int(1e22), int(1e23), int(float(2**63)), int(0.99999), int(-0.99999), int(1e308) % 1000)
for e in (
    "float(2**1024)",
    "float(-2**1024)",
    "2**1024 * 1.0",
    "1.0 + 2**1024",
    "2**1024 / 1.0",
    "2**1024 / 2**1023",
    "10**400 // 1.0",
    "1.5 ** 2**1024" if 0 else "1",
    "2**1024 == 1e308",
    "2**1024 < float('inf')",
    "int(float('inf'))",
    "int(float('-inf'))",
    "int(float('nan'))",
    "2**1024 < 1e308",
    "-2**1024 < -1e308",
    "float(2**1024 - 2**970)",
    "float(2**1024 - 2**969)",
):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
