# Format specs for integers.
for spec in (
    "c",
    "e",
    "f",
    ".2f",
    "g",
    "%",
    "10.3e",
    "n",
    "+,",
    "010,",
    "#_b",
    "x<8",
    "^+8d",
    ">#8x",
):
    print(spec, [format(n, spec) for n in ((65,) if spec == "c" else (0, 42, -42, 1234567))])
print(format(10**25, ","), format(10**25, "_x"), format(-10**20, "+,d"), format(2**100, "x"), format(True, "d"), format(True, ""), format(False, "5"), f"{True}", f"{True:d}")
for n, spec in ((1, ".2d"), (1, "s"), (1, ",x"), (1, "zz"), (1, "+c"), (1, "#c"), (-1, "c"), (0x110000, "c"), (1, ",n"), (1, "5.2"), (1, ",c"), (1, "_c"), (1, ",,"), (1, "__"), (1, "_,"), (1, "1000000000000000000000"), (1, "=<5"), (1, "z")):
    try: print(spec, repr(format(n, spec)))
    except (ValueError, OverflowError) as e: print(n, spec, "->", type(e).__name__, e)
print("%d %i %5d %-5d| %05d %+d % d %x %X %#x %o %#o %c %s %r" % (1, 2, 3, 4, 5, 6, 7, 255, 255, 255, 8, 8, 65, 9, 10))
print("%5.3d|%-8.4d|%+.2d|%#10x|%-#10x|%010d|%+05d|%.0d" % (7, 7, 7, 255, 255, -42, 3, 0), "%d" % 3.99, "%d" % True, "%x" % 2**70, "%.3x" % 10, "%i" % -5)
for bad in ("'%d' % 'a'", "'%x' % 1.5", "'%d' % None", "'%c' % 1.5", "'%c' % 'ab'", "'%c' % 1114112", "'%o' % []", "'%d %d' % 1", "'%d' % (1, 2)", "'%q' % 1", "'%5' % 1", "'%*d' % 5"):
    try: print(eval(bad))
    except Exception as e: print(bad, "->", type(e).__name__, e)
print("%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%%", "%d%%" % 5, "%(a)d %(b)05.1f" % {"a": 1, "b": 2})
