# printf-style formatting in full.
class S:
    def __str__(self): return "str"
    def __repr__(self): return "rep"
    def __int__(self): return 3
    def __index__(self): return 4
    def __float__(self): return 2.5
for c in (
    "'%(a)s' % {'b': 1}",
    "'%(a)s %s' % ({'a': 1}, 2)",
    "'%*s' % ('a', 'b')",
    "'%.*s' % (1.5, 'b')",
    "'%s' % ()",
    "'%z' % 1",
    "'%é' % 1",
    "'%s%s' % (1,)",
    "'%(a)d' % {'a': 'x'}",
    "'%*d' % (1,)",
    "'%.3d' % 5",
    "'%.0s' % 'abc'",
    "'%#s' % 'a'",
    "'%-+ 05d' % 3",
    "'%s' % b'a'",
    "'% s' % 'a'",
    "'%(a)*d' % {'a': 1}",
):
    try: print(c, "=", repr(eval(c)))
    except Exception as e: print(c, "->", type(e).__name__, e)
class M(dict):
    def __getitem__(self, k): return k * 2
print("%(ab)s" % M(), "%s" % M(a=1), "%s" % (("t",),), "%s and %s" % ([1], (2,)), "%r" % ((1, 2),), "%-10s|" % "left", "%10s|" % "right", "%s" % 1e100, "%.3s|%.10s" % ("abcdef", "abc"), "%r" % "it's", "%5c|%-5c|" % ("x", "y"))
s = "%s"
s %= 5
print(s)
