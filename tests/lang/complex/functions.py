# Operators and functions on complex numbers.
vals = [0j, 1 + 0j, 1j, -1 - 1j, 3 + 4j, 2.5 - 1.5j, 1e200 + 1e200j]
for z in vals:
    row = [z, -z, +z, z.conjugate(), z.real, z.imag, bool(z), z == z.conjugate(), hash(z) == hash(complex(z.real, z.imag))]
    for f in (abs, lambda v: v * v, lambda v: v ** 2, lambda v: 1 / v, lambda v: v ** 0.5, lambda v: v ** -1, lambda v: v ** 1j):
        try: r = f(z); row.append(complex(round(r.real, 9), round(r.imag, 9)) if isinstance(r, complex) and abs(r.real) < 1e100 else r)
        except (ZeroDivisionError, OverflowError) as e: row.append(f"{type(e).__name__}: {e}")
    print(row)
print(1 + 2j + 3, 1.5 - 2j, 2 * (1 + 1j), (1 + 1j) / 2, (4 + 2j) / (1 - 1j), sum([1, 2j, 3.5]), (1 + 2j) == (1 + 2j), 1j != 2j, 5 == 5 + 0j, 5 + 0j in [5], {5: "a"}[5 + 0j], (1 + 2j).__add__(1), 1j.__mul__("a"), type(1j * 1j), abs(3 + 4j) == 5)
for e in (
    "1j < 2j",
    "1j > 1",
    "max(1j, 2)",
    "sorted([1j])",
    "sorted([1j, 2j])",
    "int(1j)",
    "float(1j)",
    "round(1j)",
    "1j // 1",
    "1j % 1",
    "divmod(1j, 1)",
    "1j & 1",
    "~1j",
    "1j << 1",
    "math_(1j)",
    "pow(1j, 2, 3)",
):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
for e in (
    "1j / 0",
    "0j ** -1",
    "range(1j)",
    "[1][1j]",
    "'a' * 1j",
    "1j + 'a'",
    "1j[0]",
    "len(1j)",
    "1j.nope",
    "1j()",
    "complex(1, 2) >= 0",
    "'%d' % 1j",
    "'%f' % 1j",
    "chr(1j)",
    "hex(1j)",
):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
