# Methods: hex, fromhex, as_integer_ratio, is_integer.
inf, nan = float("inf"), float("nan")
print([x.hex() for x in (0.0, -0.0, 1.0, 1.5, 0.1, -255.75, 1e300, 5e-324, 2**-1074, inf, -inf)], nan.hex())
for s in ("0x1.8p+0", "0x1p-1074", "1.8", "0x.8", "-0x1.fp3", "inf", "nan", "0x1", "  0x1p2 ", "0x1p1025", "0x1p-1080", "0x1.00000000000008p0", "0x1.00000000000018p0", "x", "", "0x", "0x1.p", "0xg", "0x1p1000000"):
    try: print(s, float.fromhex(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print([x.as_integer_ratio() for x in (0.5, 0.1, -2.75, 1e20, 5.0, 0.0)], [x.is_integer() for x in (1.0, 1.5, inf, nan, -0.0, 1e300)])
for x in (inf, nan):
    for m in ("as_integer_ratio", "__int__", "__trunc__", "__floor__", "__ceil__", "__round__"):
        try: getattr(x, m)()
        except Exception as e: print(x, m, type(e).__name__, e)
print((1.5).real, (1.5).imag, (1.5).conjugate(), (2.7).__trunc__(), (2.7).__floor__(), (2.2).__ceil__(), (-2.7).__floor__(), (2.5).__round__(), (2.567).__round__(2), (1.5).__bool__(), (0.0).__bool__(), (1.5).__neg__(), (-1.5).__abs__(), (1.5).__float__(), (2.9).__int__(), (7.5).__divmod__(2), (7.5).__rdivmod__(20), (2.0).__pow__(3), (2.0).__rpow__(3), (1.5).__repr__(), (1.5).__format__(".3f"), (1.5).__getnewargs__())
print(sorted(m for m in dir(float) if not m.startswith("_")), float.__name__, float.__getformat__("double"))
import sys
print(sys.float_info.max, sys.float_info.min, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_info.max_exp, sys.float_info.radix, sys.float_info.rounds, sys.float_info.max_10_exp, sys.float_repr_style)
for call in ("(1.5).hex(1)", "float.fromhex(5)", "(1.5).is_integer(2)", "1.5.foo", "(1.5).__add__()", "(1.5).__round__('a')", "float.hex('a')", "float.__add__(1, 2)"):
    try: print(eval(call))
    except Exception as e: print(call, "->", type(e).__name__, e)
print(float.__add__(1.5, 2), float.is_integer(2.0), (0.1).__eq__("a"), (1.5).__lt__(2j) if 0 else "", (1.5) == 1.5 + 0j, 0.1 == 0.1 + 0j, 1e16 == 10**16, 1e23 == 10**23, 0.1 < 1, 2**53 + 1 > 2.0**53, 10**400 == inf)
