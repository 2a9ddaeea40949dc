# The mini-language for strings and its corner cases.
for spec in (
    ".10",
    "8.2",
    "<8.2s",
    "<<5",
    ">>5",
    "^^5",
    "=^5",
    "0<5",
    "05",
    "1",
    "0",
    " <5",
    "\n>3",
    "🎉^7",
):
    print(repr(spec), repr(format("abc", spec)), repr(format("", spec)), repr(format("中é", spec)))
for spec in ("=10", "+10", " 10", "-10", "#10", ",", "_", "d", "x", ".", ".s", "5.s", "10q", "1.1.1", "a<", "<", "99999999999999999999", ".99999999999999999999", "10 ", " ", "ss", "=", "+", "010s=", "z", "%"):
    try: print(repr(spec), repr(format("abc", spec)))
    except (ValueError, OverflowError, MemoryError) as e: print(repr(spec), "->", type(e).__name__, e)
for v in (None, [], {}, (), object, print, ..., slice(1), range(2), set(), b"x", type, 1 == 1, NotImplemented):
    out = []
    for spec in ("", "5", "s"):
        try: out.append(format(v, spec))
        except (TypeError, ValueError) as e: out.append(str(e))
    print(out)
class F:
    def __format__(self, s): return s[::-1]
print(format(F(), "abc"), f"{F():xyz}", "{:12}".format(F()), "{0:{1}}".format(F(), "dyn"), format(F()), repr(format(F(), "")))
