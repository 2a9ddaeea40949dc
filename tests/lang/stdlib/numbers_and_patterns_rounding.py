"""Roundings at the edge of what a float holds; groups of patterns that give nothing back."""
import re
for text in ["0x0.ffffffffffffd6p-1022", "0x0.ffffffffffffd8p-1022", "0x1p-1075", "0x1.8p-1075", "0x1.00000000000008p-1074", "0x1.fffffffffffff8p+1023", "0x1.fffffffffffff7ffp+1023",
             "0x" + "0" * 500 + "1p-2000", "0x" + "f" * 300, "0x0." + "0" * 400 + "8p1600", "0x1p-99999999999999999999", "0x1p99999999999999999999", "-0x0p5", "0x.8", "1.8p3", "inf", "-nan", "0x1.00000000000008", "0x1.000000000000080000001"]:
    try:
        print(text[:40], float.fromhex(text))
    except (ValueError, OverflowError) as e:
        print(text[:40], type(e).__name__, e)
for m, n in [(1, 3 * 2 ** 1074), (3, 2 ** 1076), (5, 2 ** 1076), (7, 3 * 2 ** 1075), (295661086869, 10 ** 323), (1, 2 ** 1075), (3 ** 50, 2 ** 1100), (2 ** 1024 - 2 ** 969, 1), (10 ** 400, 10 ** 92 + 1)]:
    try:
        print(m / n, -m / n)
    except OverflowError as e:
        print(e)
for pattern, text in [(r"(?>.*).", "abc"), (r"a(?>b|bc)d", "abcd"), (r"(?>x+)x", "xxx"), (r"(?>a*)ab", "aab"), (r"(?>x)++", "xxx"), (r"(?>[ab]*)b", "abab"), (r"(?>a+|b)c", "aac"), (r"(?:(?>a*)b)*c", "aabab" "c"),
                      (r"(?>\w+)\d", "abc1"), (r"(?>\w*?)\d", "1"), (r"(?=(?>a+))aab", "aab")]:
    print(pattern, re.match(pattern, text), re.search(pattern, text))
