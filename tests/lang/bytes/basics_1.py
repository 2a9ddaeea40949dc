# Construction, indexing, operators.
for c in (
    "bytes()",
    "bytes(3)",
    "bytes([1, 2, 255])",
    "bytes('é', 'utf-8')",
    "bytes(b'x')",
    "bytes((i for i in range(3)))",
    "bytes(bytearray(b'q'))",
    "bytes(memoryview(b'm'))",
    "bytes(range(5))",
    "bytes('a', 'ascii', 'strict')",
    "bytes(source=b'k')",
    "bytes('a')",
    "bytes([256])",
    "bytes([-1])",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
