# printf-style formatting in full.
print("%s %r %a %%" % ("é", "é", "é"), "%s" % (1,), "%s" % [1], "%s" % {"a": 1}, "%s" % None, "%5s|%-5s|%.2s|%5.1s|" % ("ab", "ab", "abc", "abc"), "%c%c" % (65, "B"), "%c" % 0x1F389, "%s %s" % ("a", "b"), "%(k)s %(k)r %(n)05d" % {"k": "v", "n": 42}, "%(a b)s" % {"a b": 1}, "%()s" % {"": "empty"}, "%(a(b))s" % {"a(b)": 2})
print("%*d|%-*d|%.*f|%*.*f" % (5, 42, 5, 42, 2, 3.14159, 8, 3, 2.71828), "%+d % d %+d" % (5, 5, -5), "%05d|%-05d|%+05d" % (42, 42, 42), "%x %X %#x %o %#o" % (255, 255, 255, 8, 8), "%e %E %g %G" % (12345.678, 12345.678, 12345.678, 1e-10), "%5.2f%%" % 99.5, "%i %u" % (3, 4), "%ld %hd %Ld" % (1, 2, 3), "%s" % "%s", "%%s" % ())
class S:
    def __str__(self): return "str"
    def __repr__(self): return "rep"
    def __int__(self): return 3
    def __index__(self): return 4
    def __float__(self): return 2.5
print("%s %r %a" % (S(), S(), S()), "%x" % S(), "%f" % S(), "%d" % S(), "%c" % S() if 0 else "")
for c in (
    "'%s %s' % 'a'",
    "'%s' % ('a', 'b')",
    "'a' % 1",
    "'a' % ()",
    "'a' % {}",
    "'a' % []",
    "'%d' % '1'",
    "'%d' % 1.7",
    "'%d' % 1j",
    "'%x' % 'a'",
    "'%c' % 'ab'",
    "'%c' % 1.0",
    "'%c' % ''",
    "'%y' % 1",
    "'%' % ()",
    "'%5' % ()",
    "'%(a' % {}",
    "'%(a)s' % 1",
):
    try: print(c, "=", repr(eval(c)))
    except Exception as e: print(c, "->", type(e).__name__, e)
