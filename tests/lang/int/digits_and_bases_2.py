# int <-> str in every base.
def to_base(n, b):
    if n == 0: return "0"
    s, d = "", "0123456789abcdefghijklmnopqrstuvwxyz"
    m = abs(n)
    while m: m, r = divmod(m, b); s = d[r] + s
    return "-" * (n < 0) + s
for n in (0, 1, -1, 255, -256, 2**62, -2**63, 10**30):
    for b in range(2, 37): assert int(to_base(n, b), b) == n
    print(n, to_base(n, 2)[:40], to_base(n, 3)[:40], to_base(n, 36))
for s, b in (
    ("1__2", 10),
    ("0_x1", 0),
    ("0x_1", 0),
    ("0x_f", 16),
    ("0b_1_0", 2),
    ("-0", 10),
    ("+0", 10),
    ("\t7\n", 10),
    ("٧", 10),
    ("7\u2003", 10),
    ("½", 10),
    ("²", 10),
    ("𝟘𝟙", 10),
):
    try: print(ascii(s), b, int(s, b))
    except ValueError as e: print(ascii(s), b, "->", ascii(str(e)))
print([str(10**n) for n in range(0, 25, 6)], [len(str(2**n)) for n in (10, 100, 1000, 5000)], str(-10**20), repr(2**64), "%d" % 2**64, "{}".format(-2**64), f"{2**64:,}", int(str(3**300)) == 3**300, sum(map(int, str(2**1000))))
