# Alignment of many types.
class D:
    def __str__(self): return "D!"
for v in ("ab", 42, -1.5, True, 1 + 2j, 10**15):
    print([format(v, s) for s in ("8", "<8", ">8", "^8", "*<8", "*>8", "*^9")], [format(v, s) for s in ("=8", "08", "*=8")] if isinstance(v, (int, float)) else "")
for v in (None, [], (), {}, D(), b"x", object):
    for s in ("8", "<8", "s"):
        try: format(v, s); print(type(v).__name__, s, "ok")
        except TypeError as e: print(e)
print("{:>5}{:<5}{:^5}|".format("a", "b", "c"), "{0:>{1}}".format("x", 4), "{:{fill}{align}{width}}".format("m", fill="-", align="^", width=7), "{:5}|{:<5}|{:>5}".format(1, 1, "1"), "{!s:>6}{!r:>6}".format("q", "q"), "{:*^{}}".format("c", 5), "%5s|%-5s|%05d|%+d|% d" % ("r", "l", 7, 7, 7), "a".ljust(3) + "b".rjust(3) + "c".center(5, "."), "7".zfill(3), f"{'é':>3}{'中':>3}", "{:\u00e9<4}".format(1), "{:🎉^5}".format("x"), "{:>3}".format("long"), "{:3.2}|".format("long"), "{:<3d}|{:>3d}|{:^3d}|".format(1, 1, 1))
