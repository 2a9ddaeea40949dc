# Mixing bytes with everything else.
import itertools
for e in (
    "b'a'['a']",
    "b'abc'[1] == b'b'",
    "b'abc'[1:2] == b'b'",
    "bytes('a')",
    "bytes(['a'])",
    "bytes([b'a'])",
    "bytes(b'a', 'utf-8')",
    "str(b'a')",
    "str(b'a', 'utf-8')",
    "int(b'5')",
    "float(b'1.5')",
    "ord(b'a')",
    "ord(b'ab')",
    "chr(b'a')",
    "b'a'.decode('nope')",
    "b'\\xff'.decode()",
    "b'a'.encode()",
    "'a'.decode()",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
