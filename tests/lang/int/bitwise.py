# Bit operations on negative and big integers.
vals = [0, 1, -1, 5, -6, 0xFF, -0x100, 2**62, -2**62, 2**64 - 1, -2**64, 2**100 + 12345, -2**100 - 999]
for a in vals:
    print(a, [a & b for b in vals], [a | b for b in vals], [a ^ b for b in vals], ~a)
print([1 << n for n in (0, 1, 30, 31, 61, 62, 63, 64, 100)], [-1 << n for n in (0, 61, 62, 63, 64)], [3 << n for n in (60, 61, 62)])
print([(2**100 + 5) >> n for n in (0, 1, 30, 64, 99, 100, 101, 200)], [-(2**100 + 5) >> n for n in (0, 1, 30, 64, 99, 100, 101, 200)], -1 >> 5, -5 >> 1, 5 >> 70)
print([n.bit_length() for n in vals], [n.bit_count() for n in vals])
print([bin(n) for n in (0, 5, -5, 2**70)], [oct(n) for n in (0, 8, -9, 2**70)], [hex(n) for n in (0, 255, -255, 2**70 - 1)])
print(True & 1, True | False, True ^ True, type(True & False), type(True & 1), True << 3, ~True, type(False | 0))
for s in ("1 & 1.0", "1 | 'a'", "~1.5", "1 << 1.0", "1.0 >> 1", "None & 1", "1 ^ None", "[] | []", "True & 'a'"):
    try: print(eval(s))
    except TypeError as e: print(s, "->", e)
def popcount(n): c = 0; \
    exec("while n: n &= n - 1; c += 1") if 0 else None; return bin(n).count("1")
print([popcount(n) for n in (0, 255, 2**64 - 1)])
x = 0
for i in range(0, 130, 7): x |= 1 << i
print(x, [i for i in range(130) if x >> i & 1])
x = 0b1011; x &= 0b1110; x |= 1 << 65; x ^= 3; x <<= 2; x >>= 1; print(x)
