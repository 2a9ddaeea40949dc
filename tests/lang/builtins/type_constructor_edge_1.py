# Constructors called without, with odd, and with too many arguments.
for t in (
    int,
    float,
    complex,
    str,
    bytes,
    bytearray,
    bool,
    list,
    tuple,
    dict,
    set,
    frozenset,
    object,
):
    out = []
    for args in ((), (1,), ("a",), ([1],), (None,), (1, 2, 3, 4)):
        try:
            r = t(*args); s = repr(r); out.append(s if " at 0x" not in s and "object" not in s else type(r).__name__)
        except Exception as e: out.append(f"{type(e).__name__}: {e}")
    print(t.__name__, out)
