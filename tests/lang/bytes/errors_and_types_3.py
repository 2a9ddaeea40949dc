# Mixing bytes with everything else.
import itertools
for e in (
    "bytes.fromhex('abc')",
    "bytes.fromhex('zz')",
    "bytes.fromhex(b'aa')",
    "b'a'.center(5, 'x')",
    "b'a'.strip('a')",
    "b'a'.translate('a')",
    "bytes.maketrans('a', 'b')",
    "b'a'.count('a')",
    "b'a'.index(b'z')",
    "bytes([300])",
    "bytes([-1])",
    "bytes(-1)",
    "bytes(2**70)",
    "bytes(1.0)",
    "bytearray(b'a') + b'b' == b'ab'",
    "b'a' + bytearray(b'b')",
    "memoryview(b'ab')[0] == 97",
    "hash(bytearray())",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
