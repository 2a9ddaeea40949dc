"""Numbers as text in every base, width, sign and fill, by %, format and f-strings."""
numbers = [0, 1, 9, 10, -1, -9, -10, 255, -255, 12345, 2 ** 31, -2 ** 31, 2 ** 62 - 1, -2 ** 62, 2 ** 62, 2 ** 63, -2 ** 63, 2 ** 64,
           10 ** 25, -10 ** 25, True]
specs = ["", "d", "b", "o", "x", "X", "#b", "#o", "#x", "#X", "5", "<5", ">5", "^6", "=6", "05", "+", "+5", " ", "-5", "*^9", "*=+9", "08x",
         "#010x", "#06b", "é>8", "é=8", ",", "_", "_x", "010,", "+_b", "1", "0", "x<4", "0>4", "0<6", "^+12,"]
for n in numbers:
    print(n, [format(n, s) for s in specs])
for n in numbers:
    print([form % n for form in ("%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.4d", "%8.4d", "%-8.4d|", "%+08d", "%x", "%X", "%#x", "%#X",
                                 "%#o", "%o", "%08x", "%-#8x|", "%#010X", "%+.3x", "%i", "%u", "%s", "%5s", "%-5s|", "%r")])
for x in (0.0, -0.0, 1.0, -1.5, 1234567.891, 1e-7, 1e22, float("inf"), float("-inf"), float("nan")):
    print(x, [format(x, s) for s in ("", "f", ".0f", ".3f", "e", ".2e", "g", "G", "%", ".1%", "10", "<10", "010", "+.1f", " .1f", "*^12.2f",
                                     ",.2f", "012,.1f", "=+9.1f", "#.0f", "é^9.1f")])
print([hex(n) + oct(n) + bin(n) for n in numbers])
print("%s %d%%" % ("a", 5), "%(a)s-%(b)d-%(a)5s" % {"a": "x", "b": 7}, "%s" % (1,), "%s %s" % ((1, 2), [3]), "%d" % 3.9, "%d" % True)
print("é%sé%d" % ("ü", 3), "%s" % "", "%%", "%%%d" % 1, "%c%c" % (65, "b"), "%s" % None, "%(x)d%(x)s" % {"x": 2})
for bad in (lambda: "%d" % "a", lambda: "%s %s" % (1,), lambda: "%s" % (1, 2), lambda: "%(a)s" % 1, lambda: "%", lambda: "%" % (),
            lambda: "%(a" % {}, lambda: "%(a)" % {"a": 1}, lambda: "%(a)s %s" % {"a": 1}, lambda: "%y" % 1, lambda: "%x" % 1.5,
            lambda: "%d %d" % (1, "x"), lambda: "%s" % (), lambda: "%(a)d" % {"a": "z"}):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print([b.decode() for b in (b"", b"a", b"abc", "é".encode(), "héllo wörld".encode())])
try:
    b"ab\xff".decode()
except UnicodeDecodeError as e:
    print(e, e.object, e.start)
