# Methods and attributes of int.
n = 1000
print(n.to_bytes(2, "big"), n.to_bytes(4, "little"), (-5).to_bytes(2, "big", signed=True), (255).to_bytes(), (0).to_bytes(0, "big"), (2**70).to_bytes(10, "little"), (5).to_bytes(length=3, byteorder="big"))
print(int.from_bytes(b"\x03\xe8", "big"), int.from_bytes(b"\xff\xfb", "big", signed=True), int.from_bytes(b"\xff"), int.from_bytes([1, 2], "little"), int.from_bytes(b"", "big"), int.from_bytes(b"\xff" * 10, "little"), int.from_bytes(bytearray(b"\x80"), "big", signed=True))
for s in ("(256).to_bytes(1, 'big')", "(-1).to_bytes(1, 'big')", "(1).to_bytes(-1, 'big')", "(1).to_bytes(1, 'x')", "(128).to_bytes(1, 'big', signed=True)", "(-129).to_bytes(1, 'big', signed=True)", "int.from_bytes('a', 'big')", "int.from_bytes(b'a', 'middle')", "(1).to_bytes('a')", "int.from_bytes([256], 'big')", "int.from_bytes(5, 'big')", "(1).to_bytes(1, 5)"):
    try: print(s, eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print((5).as_integer_ratio(), (5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate(), True.numerator, (-7).as_integer_ratio())
print((5).__add__(3), (5).__add__(1.5), (5).__radd__(2), (5).__sub__("a"), (7).__floordiv__(2), (7).__divmod__(2), (2).__pow__(10), (2).__pow__(10, 7), (5).__eq__(5.0), (5).__lt__(6), (5).__bool__(), (0).__bool__(), (5).__hash__(), (5).__index__(), (5).__int__(), (5).__float__(), (-5).__abs__(), (5).__neg__(), (5).__pos__(), (5).__invert__(), (5).__lshift__(2), (5).__and__(4), (5).__rxor__(1), (5).__round__(), (5).__trunc__(), (5).__floor__(), (5).__ceil__(), (5).__repr__(), (5).__format__("03d"), (5).__getnewargs__(), (5).__sizeof__() > 0)
print([round(n, d) for n, d in ((12345, -2), (12355, -1), (15, -1), (25, -1), (-15, -1), (-25, -1), (5, -1), (12345, 0), (12345, 3), (99, -2), (50, -2), (150, -2), (10**20 + 5, -1))])
print(sorted(m for m in dir(int) if not m.startswith("_")), int.__name__, int.__base__)
print(pow(3, 100, 7), pow(3, -1, 7), pow(2, -3, 5), pow(-3, 3, 7), pow(3, 3, -7), pow(10**20, 10**20, 97), pow(5, 0, 1), pow(0, 0), pow(2, 10), pow(2, 0.5), pow(-1, 0.5), pow(2, 3, mod=5), pow(base=2, exp=3))
for s in ("pow(2, -1, 4)", "pow(2, 3, 0)", "pow(2, 3, 1.5)", "pow(2.0, 3, 5)", "pow(0, -1)", "pow(0, -1, 5)", "pow(2, 'a')", "pow(2)", "pow(1, 2, 3, 4)", "pow(2, 3, None)"):
    try: print(s, eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
