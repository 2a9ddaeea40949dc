# Shortest repr and parsing.
for s in (
    " ",
    ".",
    "e5",
    "1e",
    "1_",
    "_1",
    "1__0",
    "--1",
    "infi",
    "nann",
    "1 2",
    "1,5",
    "١.٥",
    "1e1_0",
    "0b1",
    "1.0f",
):
    try: print(repr(s), float(s))
    except ValueError as e: print(repr(s), "->", e)
vals = [3.14159265358979, 2.718281828459045, 1/7, 1e21, 123e-20, 2**60 + 0.0, 0.1 + 0.2, 1/3e10, 6.02214076e23, 1.5e-10, 4.35, 0.000123456789, 1e17/3, 299792458.0, 1.1e-300, 7.0, 1e2, 12345678912345.678]
for v in vals: assert float(repr(v)) == v; print(repr(v), str(v), f"{v}", "%s" % v, "%r" % v)
print([1.0, -2.5], (0.5,), {1.5: 2.5}, float(), float(5), float("1" * 400) if 0 else "", float(b"1.5"), float(bytearray(b"2")), float(True))
for n in range(-8, 20, 3): print(1.5 * 10**n, 10.0**n, 1.0 * 10**n)
class F:
    def __float__(self): return 2.5
class X:
    def __index__(self): return 3
class Sub(float): pass
class RS:
    def __float__(self): return Sub(1.5)
import warnings
warnings.simplefilter("ignore")
print(float(F()), float(X()), float(Sub(4.5)), type(float(Sub(1))), Sub(1.5) + 1, type(Sub(1.5) + 1), repr(Sub(2)), type(float(RS())))
for bad in ("float([])", "float('x')", "float(None)", "float(1j)", "float(b'x')", "float(1, 2)", "float(x=1)", "float(object())", "float('1\\0')", "float('é')"):
    try: print(eval(bad))
    except Exception as e: print(bad, "->", type(e).__name__, e)
