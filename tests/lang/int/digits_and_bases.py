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
print(bin(0), bin(-1), oct(0), oct(-8), hex(0), hex(-255), bin(2**70), oct(2**70), hex(2**70), f"{255:b} {255:o} {255:x} {255:X} {255:#b} {255:#o} {255:#x} {255:#X}", f"{-255:x} {-255:#x}", int("0b101", 0), int("-0o17", 0), int("+0x1f", 0), int("0B11", 2), int("0XfF", 16), int("  12  "), int("1_2_3"), int("-_1", 10) if 0 else "")
for s, b in (
    ("2", 2),
    ("8", 8),
    ("g", 16),
    ("", 10),
    ("0x", 16),
    ("0b2", 0),
    ("09", 0),
    ("1.5", 10),
    ("1e5", 10),
    ("--1", 10),
    ("+-1", 10),
    ("1_", 10),
    ("_1", 10),
):
    try: print(ascii(s), b, int(s, b))
    except ValueError as e: print(ascii(s), b, "->", ascii(str(e)))
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
