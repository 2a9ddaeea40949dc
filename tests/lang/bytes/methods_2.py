# bytes methods.
b = b"Hello World hello"
for t in (b"", b"a", b"A", b"1", b"a1", b" ", b"aB", b"Ab", b"\xe9", b"\t\n"): print(t, [int(getattr(t, m)()) for m in ("isalpha", "isdigit", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii")])
for c in (
    "bytes.fromhex(b'aa')",
    "b.translate(b'a')",
    "bytes.maketrans(b'a', b'bc')",
    "b.hex(1)",
    "b.hex('ab')",
    "b.hex('é')",
    "b.count('a')",
    "b.count(-1)",
    "b.partition(b'')",
    "b.zfill('a')",
    "b.translate(None, 'a')",
    "bytes.fromhex('é')",
    "b.upper(1)",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
