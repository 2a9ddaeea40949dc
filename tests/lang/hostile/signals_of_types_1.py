# Huge and odd arguments to built-in methods.
big = 2**63
for e in (
    "[1, 2].insert(big, 3)",
    "[1].pop(big)",
    "[1].index(1, big)",
    "[1].index(1, -big, big)",
    "'abc'.find('c', -big, big)",
    "'abc'[big:]",
    "'abc'[:big]",
    "'abc'[big]",
    "[0] * big",
    "'a' * big",
    "(1,) * big",
    "b'a' * big",
    "bytearray(b'a') * big",
    "range(big)[big - 1]",
    "len(range(big))",
    "len(range(-big, big))",
    "range(big).index(5)",
):
    try: r = eval(e); print(e, "=", r if len(repr(r)) < 80 else "long")
    except (MemoryError, OverflowError) as x: print(e, "->", "too large")
    except Exception as x: print(e, "->", type(x).__name__, x)
