# Every flag of the % operator.
import itertools
for flags in ("", "-", "+", " ", "0", "#", "-+", "+0", " 0", "#0", "-#", "-0"):
    row = []
    for width, prec, typ in itertools.product(("", "8"), ("", ".0", ".3"), "disxXoeEfFgGrac"):
        v = 65 if typ in "dixXoc" else -2.5 if typ in "eEfFgG" else "é\n"
        try: row.append(("%" + flags + width + prec + typ) % (v,))
        except (TypeError, ValueError) as e: row.append(str(e))
    print(repr(flags), [r for r in row])
print("%s" % 12345678901234567890, "%d" % -12345678901234567890, "%x" % 2**70, "%o" % -2**65, "%.10d" % 5, "%#.5x" % 10, "%+.3d" % 7, "% .3d" % 7, "%08.3d" % 7, "%-8.3d|" % 7)
