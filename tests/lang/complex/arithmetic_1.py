# Complex numbers.
z, w = 3 + 4j, 1 - 2j
print(z + w, z - w, z * w, z / w, z ** 2, z ** w, z ** 0.5, -z, +z, abs(z), z.real, z.imag, z.conjugate(), z == 3 + 4j, z != w, z == 3, 3 + 0j == 3, hash(3 + 0j) == hash(3))
print(1j * 1j, 1j ** 2, 0j, -0j, 1j, -1j, 1 + 0j, complex(-0.0, 0.0), complex(0.0, -0.0), complex(1.5, -2.5), 1e100 + 1e-100j, complex("inf"), complex("nan+infj"), complex(float("nan"), 1))
print([complex(s) for s in ("1", "1j", "1+2j", "-1-2j", "1e5+1e-5j", " 1+2j ", "(1+2j)", "j", "-j", "+j", "1+j", "infj", "1_0+2_0j", ".5j", "1.j")])
for s in ("1 + 2j", "1+ 2j", "", "x", "1+2", "1j+2", "((1))", "1+2jj", "--1j", "1++2j"):
    try: print(complex(s))
    except ValueError as e: print(repr(s), "->", e)
print(complex(), complex(1), complex(1.5), complex(1, 2), complex(1j, 2j), complex(real=1), complex(imag=2), complex(real=1, imag=2), complex(True), complex(2**60))
class C:
    def __complex__(self): return 5 + 6j
class F:
    def __float__(self): return 1.5
print(complex(C()), complex(F()), complex(F(), F()))
for s in (
    "1j / 0",
    "1j // 2",
    "1j % 2",
    "divmod(1j, 1)",
    "1j < 2j",
    "0j ** -1",
    "0j ** 1j",
    "int(1j)",
    "float(1j)",
    "round(1j)",
    "complex('1', 2)",
    "complex(1, '2')",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
