# Every spelling of a number.
print(0, 00, 0_0, 1_000_000, 10**20)
print(0x1F, 0XabCDef, 0x_ff, 0b1010, 0B_1, 0o17, 0O_7_7)
print(1.5, 1., .5, 1e3, 1E-3, 1_0.0_1, 1_0e1_0, 0e0, 00.5, 09.5)
print(1j, 1.5J, 1e2j, 0j, .5j, 1_0j)
print(0xffffffffffffffffffffffff)
print(0b11111111111111111111111111111111111111111111111111111111111111111)
print(4611686018427387903, 4611686018427387904, 9223372036854775807, 9223372036854775808)
print(-1, - 1, +1, ~1, --1, -+-1, ~-1, not 1, not -0)
print(1 .real, 1..real, 1.0.imag, 1j.imag, (1).bit_length())
print(1if 1else 2, [0x1for x in (1, 2)])
print(1_2 .__add__(3))
print(1e400, -1e400, 1e-400, 5e-324, 1.7976931348623157e308)
print(0.1 + 0.2, 1/3, 2/3, 1e16, 1e15, 123456789012345678.0, 1e22, 1e-5, 0.0001)
for bad in ("1__0", "0x", "0b2", "0o8", "1_", "01", "1e", "1.e_1", "0_x1", "1.2.3", "0b", "0_b1", "1__0.0"):
    try:
        compile(bad, "<lit>", "eval")
    except SyntaxError as e:
        print(repr(bad), e.msg)
    else:
        print(repr(bad), "ok")
