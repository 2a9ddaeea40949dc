# Huge and odd arguments to built-in methods.
big = 2**63
for e in (
    "del_ == 1",
    "memoryview(b'abc')[big:].tobytes()",
    "b'abc'.count(b'a', -big, big)",
    "{big: 1}[2.0**63]",
    "'abc'.startswith('a', -big)",
    "divmod(1, big)",
    "big ** 0.5",
    "0.1 * big",
    "big == 2.0**63",
    "1.0.__round__(big) if 0 else 0",
    "'a'.ljust(-big)",
    "[1] * -big",
    "bytes([1])[-big:]",
    "range(0, big, big - 1)[1]",
    "import_(big)",
):
    try: r = eval(e); print(e, "=", r if len(repr(r)) < 80 else "long")
    except (MemoryError, OverflowError) as x: print(e, "->", "too large")
    except Exception as x: print(e, "->", type(x).__name__, x)
