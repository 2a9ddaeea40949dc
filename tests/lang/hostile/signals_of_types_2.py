# Huge and odd arguments to built-in methods.
big = 2**63
for e in (
    "slice(big).indices(5)",
    "'a'.center(big)",
    "'a'.zfill(big)",
    "'%*d' % (big, 1)",
    "'{:{}}'.format(1, big)",
    "'a'.replace('a', 'b', big)",
    "'a b'.split(None, big)",
    "'a'.expandtabs(big)",
    "bytes(big)",
    "bytearray(big)",
    "(1).to_bytes(big, 'big')",
    "chr(big)",
    "ord('a') + big",
    "hash(big)",
    "big.bit_length()",
    "1 << big",
    "big >> big",
):
    try: r = eval(e); print(e, "=", r if len(repr(r)) < 80 else "long")
    except (MemoryError, OverflowError) as x: print(e, "->", "too large")
    except Exception as x: print(e, "->", type(x).__name__, x)
