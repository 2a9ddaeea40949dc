# Operators and functions on complex numbers.
vals = [0j, 1 + 0j, 1j, -1 - 1j, 3 + 4j, 2.5 - 1.5j, 1e200 + 1e200j]
for z in vals:
    row = [z, -z, +z, z.conjugate(), z.real, z.imag, bool(z), z == z.conjugate(), hash(z) == hash(complex(z.real, z.imag))]
    for f in (abs, lambda v: v * v, lambda v: v ** 2, lambda v: 1 / v, lambda v: v ** 0.5, lambda v: v ** -1, lambda v: v ** 1j):
        try: r = f(z); row.append(complex(round(r.real, 9), round(r.imag, 9)) if isinstance(r, complex) and abs(r.real) < 1e100 else r)
        except (ZeroDivisionError, OverflowError) as e: row.append(f"{type(e).__name__}: {e}")
    print(row)
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
