# Shifts by all amounts around the word size.
for n in (1, -1, 5, -5, 2**30, 2**61, 2**62 - 1, -2**62, 2**64 + 3, -2**100):
    print(n, [n << k for k in (0, 1, 2, 31, 32, 61, 62, 63, 64)][:9], [n >> k for k in (0, 1, 2, 31, 32, 61, 62, 63, 64, 99, 100, 101, 1000)])
for e in ("1 << -1", "1 >> -1", "2**70 << -1", "2**70 >> -5", "1 << 1.0", "1.0 << 1", "1 << 'a'", "1 << True", "True << 2", "1 << None", "0 << 10**100", "1 >> 10**100", "-1 >> 10**100", "-5 >> 10**100", "1 << 10**100", "5 >> 2**64", "0 >> 0", "0 << 5"):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
x = 1
for k in range(0, 200, 13): x <<= 13; x |= k
print(x, x >> 100, x & (1 << 64) - 1, (x >> 64) & 0xffff, x.bit_length())
for k in range(0, 200, 13): x >>= 13
print(x, -x >> 3, ~x << 2, [(1 << k) - 1 for k in (0, 1, 8, 62, 63, 64, 65)], [(-1 << k) for k in (0, 1, 62, 63, 64)], [1 << k >> k for k in (0, 10, 62, 63, 64, 100)], all((1 << k) == 2**k for k in range(200)), all((n << 3) == n * 8 for n in range(-50, 50)), all((n >> 3) == n // 8 for n in range(-50, 50)))
