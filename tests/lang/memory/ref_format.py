# Formatting holds nothing afterwards.
import sys
class F:
    def __str__(self): return "s"
    def __repr__(self): return "r"
    def __format__(self, s): return "f"
x = F(); base = sys.getrefcount(x)
f"{x}{x!r}{x!s:>5}{x:q}"; "%s %r" % (x, x); "{} {!r} {a}".format(x, x, a=x); str(x); repr([x, (x,), {x: x}]); print(x, x, sep="", end=""); "".join(map(str, [x] * 5)); format(x, "z")
print(sys.getrefcount(x) - base)
