# repr, str, format, bytes and their errors.
class A:
    def __repr__(self): return "A-repr"
class B:
    def __str__(self): return "B-str"
class C:
    def __repr__(self): return "C-repr"
    def __str__(self): return "C-str"
    def __format__(self, spec): return f"C-format<{spec}>"
    def __bytes__(self): return b"C-bytes"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 7j
    def __index__(self): return 8
    def __bool__(self): return False
    def __hash__(self): return 99
a, b, c = A(), B(), C()
print(a, str(a), repr(a), [a], (a,), {a: a}, f"{a}", f"{a!s:>8}", "%s %r" % (a, a))
print(b, str(b), repr(b).startswith("<__main__.B object"), f"{b}", f"{b!s}")
print(c, repr(c), [c], f"{c}", f"{c:xyz}", f"{c!r}", f"{c!s:>8}", format(c), format(c, "q"), "{:z}".format(c), "%s %r" % (c, c))
print(bytes(c), int(c), float(c), complex(c), hex(c), not c, hash(c), "%d" % C.__int__(c), str(c).upper())
class Bad:
    def __repr__(self): return 5
    def __str__(self): return None
    def __format__(self, s): return 3
    def __bytes__(self): return "x"
    def __int__(self): return "x"
    def __float__(self): return 1
    def __complex__(self): return 1.0
    def __index__(self): return 1.5
    def __hash__(self): return 1.5
    def __bool__(self): return 2
    def __len__(self): return -1
for fn in (repr, str, format, bytes, int, float, complex, hex, hash, bool, len, print, ascii, "{}".format, "%s".__mod__, lambda x: f"{x}", lambda x: [1][x], lambda x: "%d" % x, list, round):
    try:
        print(fn(Bad()))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class D(A): pass
class E(str): pass
class F(E):
    def __str__(self): return "F-str"
print(D(), E("plain"), repr(E("plain")), F("x"), repr(F("x")), f"{F('x')}", "%s" % F("x"), "".join([F("x")]), str(E("e")), type(str(E("e"))).__name__)
for o, spec in ((a, "x"), (object(), ">10"), ([], "5"), (None, "x"), ({}, ""), (a, "")):
    try:
        print(format(o, spec))
    except TypeError as e:
        print(e)
class G:
    def __repr__(self): raise RuntimeError("repr failed")
try:
    str([G()])
except RuntimeError as e:
    print(e)
l = [1]; l.append(l); d = {}; d["d"] = d; t = ([],); t[0].append(t)
print(l, d, t)
print(object.__repr__(a).startswith("<__main__.A object at 0x"), object.__str__(a), str.__repr__("x"), object.__format__(a, ""))
