# Constructors called without, with odd, and with too many arguments.
for t in (
    range,
    slice,
    type,
    super,
    property,
    staticmethod,
    classmethod,
    enumerate,
    zip,
    map,
    filter,
    reversed,
    memoryview,
):
    out = []
    for args in ((), (1,), ("a",), ([1],), (None,), (1, 2, 3, 4)):
        try:
            r = t(*args); s = repr(r); out.append(s if " at 0x" not in s and "object" not in s else type(r).__name__)
        except Exception as e: out.append(f"{type(e).__name__}: {e}")
    print(t.__name__, out)
for t in (int, float, str, bytes, list, tuple, dict, set, bool, range, object, enumerate, zip):
    try: print(t.__name__, t(nope=1))
    except TypeError as e: print(t.__name__, "->", e)
print(int(x) if (x := "5") else 0, str(object=5), bytes(source=b"a"), list(iter("ab")), dict(self=1), dict(iterable=2), type(name := "N", (), {}).__name__, complex(real=1, imag=2), int("11", base=2), enumerate(iterable="a", start=1).__next__(), property(fget=len).fget, reversed([1, 2]).__next__())
