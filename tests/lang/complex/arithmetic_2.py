# Complex numbers.
z, w = 3 + 4j, 1 - 2j
for s in ("1 + 2j", "1+ 2j", "", "x", "1+2", "1j+2", "((1))", "1+2jj", "--1j", "1++2j"):
    try: print(complex(s))
    except ValueError as e: print(repr(s), "->", e)
class C:
    def __complex__(self): return 5 + 6j
class F:
    def __float__(self): return 1.5
for s in (
    "complex([])",
    "1j.real = 2" if 0 else "abs(1e308 + 1e308j)",
    "max(1j, 2j)",
    "1j & 1",
    "pow(1j, 2, 3)",
    "complex(1, 2, 3)",
    "1j + 'a'",
    "sorted([1j, 2j])",
    "hash(1j) == hash(1j)",
    "(1e300 + 1j) ** 5",
    "1j[0]",
    "math_(1j)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print(repr(1.5j), str(-2.5 + 0j), [1j], f"{1 + 2j}", f"{1.5 + 2.25j:.1f}", f"{1+2j:>10}", f"{1+2j:e}", f"{1234567+1j:,}", f"{1+2j!r:*^12}", "%s" % 1j, format(3 + 4j, ".3g"), format(1j, "+.1f"))
for spec in ("d", "=10", "010", "s"):
    try: print(format(1j, spec))
    except ValueError as e: print(spec, "->", e)
print(sum([1j, 2, 3.5]), 2 ** 1j, (1 + 1j) ** 10, (1 + 1j) ** -2, 1j ** 0, 0j ** 0, (2 + 0j) ** 3, 5 - 1j, 5 * 1j, 5 / 1j, 1j + 1.5, 1.5 - 1j, bool(0j), bool(1j), not 0j, {1j: 1}[1j], 1j in [1j], (1, 1j) == (1, 1j), 1j.__add__(1), (1j).__mul__("a"), 1j.__eq__(1j), type(1j + 1), type(1j.real), z.__complex__(), z.__getnewargs__())
