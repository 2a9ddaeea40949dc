# Quotients of ints and hexadecimal text round once, also where doubles have fewer bits.
for text in ("0x0.ffffffffffffecp-1022", "0x0.ffffffffffffe4p-1022", "0x0.00000000000018p-1022", "0x0.8p-1074", "0x0.80000000001p-1074",
             "0x1.8p-1074", "0x2.8p-1074", "0x1.fffffffffffff7ffp1023", "0x1.fffffffffffff8p1023", "0x0.0p99999999999999999999",
             "0x1p-99999999999999999999", "0x1p99999999999999999999", "-0x.8p1", "1.8", "+0X1.", "0x1234567890abcdef1234567p-40",
             "0x80000000000000000000000001p-3", "0x0000000000000000000001p0", "0x.0000000000000000000000001p0", "0xp1", "0x1p", "0x1.1.1",
             "-nan", "-inf", "1" + "0" * 300, "0x" + "f" * 256, "0x" + "f" * 257, " 0x1p1\n", "0x1 p1", ""):
    try:
        print(text[:40], float.fromhex(text).hex())
    except (ValueError, OverflowError) as e:
        print(text[:40], type(e).__name__, e)
for shift in range(1000, 1085, 7):
    print(shift, (12345678901234567 / (1 << shift)).hex(), (3**40 / (7**10 << shift)).hex(), (1 / (1 << shift)).hex())
print(3 / (1 << 1075), 5 / (1 << 1075), 1 / (1 << 1075), (2**53 + 1) / (1 << 1075 + 52), 75312 / (69187 << 1032))
