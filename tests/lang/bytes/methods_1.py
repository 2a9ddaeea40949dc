# bytes methods.
b = b"Hello World hello"
print(b.upper(), b.lower(), b.title(), b.capitalize(), b.swapcase(), b.center(21, b"*"), b.ljust(19, b"."), b.rjust(19), b"42".zfill(5), b"-4".zfill(4), b"a\tb".expandtabs(4))
print(b.find(b"o"), b.find(111), b.rfind(b"hello"), b.index(b"W"), b.count(b"l"), b.count(108), b.count(b""), b.startswith(b"Hell"), b.startswith((b"x", b"H")), b.endswith(b"lo"), b.find(b"z"), b.rindex(b"o"), b.find(b"o", 5, 8))
print(b.split(), b.split(b" ", 1), b.rsplit(b" ", 1), b.split(b"o"), b"a,b,,c".split(b","), b"  a b ".split(), b"a\nb\r\nc".splitlines(), b"a\nb".splitlines(True), b.partition(b" "), b.rpartition(b" "), b.partition(b"z"), b",".join([b"a", b"b"]), b"".join([bytearray(b"x"), memoryview(b"y")]))
print(b.replace(b"l", b"L"), b.replace(b"l", b"", 1), b"aaa".replace(b"", b"-"), b"  x ".strip(), b"xxaxx".strip(b"x"), b"abc".lstrip(b"a"), b"abc".rstrip(b"c"), b.removeprefix(b"Hello"), b.removesuffix(b"hello"), b.translate(None, b"lo"), b.translate(bytes(range(256))[::-1])[:3], bytes.maketrans(b"lo", b"01")[108:112], b.translate(bytes.maketrans(b"lo", b"01")))
print(b.hex(), b.hex(" "), b.hex(":", 2), b.hex("_", -4), b"".hex(), b"\x00\xff".hex(), bytes.fromhex("48 65 6c"), bytes.fromhex(""), bytes.fromhex("DEADbeef"), b.decode(), b"\xc3\xa9".decode("utf-8"))
for t in (b"", b"a", b"A", b"1", b"a1", b" ", b"aB", b"Ab", b"\xe9", b"\t\n"): print(t, [int(getattr(t, m)()) for m in ("isalpha", "isdigit", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii")])
for c in (
    "b.find('a')",
    "b.find(256)",
    "b.index(b'z')",
    "b.split('a')",
    "b.split(b'')",
    "b.join([1])",
    "b','.join(['a'])",
    "b.replace('a', 'b')",
    "b.strip('a')",
    "b.center(5, b'ab')",
    "b.startswith('a')",
    "bytes.fromhex('zz')",
    "bytes.fromhex('a')",
    "bytes.fromhex('a b')",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
