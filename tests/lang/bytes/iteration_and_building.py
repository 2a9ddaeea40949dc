# bytes built and taken apart.
b = b"hello"
print(list(b), [hex(x) for x in b], bytes(reversed(b)), bytes(x ^ 32 for x in b), b"".join(bytes([x]) for x in b), sorted(b), max(b), min(b), sum(b), bytes(sorted(b)), dict(zip(b, "hello"))[104], list(enumerate(b"ab")), [b[i:i + 2] for i in range(0, 5, 2)], bytes(map(lambda x: x + 1, b)), b.translate(bytes((i + 1) % 256 for i in range(256))), set(b"aab") == {97, 98}, tuple(b"xy"), b[::-1], b * 2, b + b" " + b"world", b"-".join([b"a", b"b"]), bytes(5), bytes([1, 2]) + bytes(1), bytes(range(97, 103)), b"%d-%s" % (5, b"x"), *b"ab")
x = b""
for i in range(300): x += bytes([i % 256])
print(len(x), x[255], x[256], x[:3], x.count(0), x.find(b"\xff\x00"), x == bytes(i % 256 for i in range(300)), hash(x) == hash(bytes(bytearray(x))))
y = bytearray()
for w in (b"one", b"two"): y.extend(w); y += b","
print(y, bytes(y).split(b","), y.decode().upper(), int.from_bytes(b"\x01\x02", "big"), (258).to_bytes(2, "little"), b"\xc3\xa9".decode(), "é中".encode().hex(" "), bytes.fromhex("c3 a9"), b"abc" < b"abd", b"" < b"a", b"Z" < b"a", b"abc"[1], b"abc"[1:2], b"a" in b"cat", 97 in b"cat", b"" in b"", b"ab".hex().encode(), eval(repr(bytes(range(256)))) == bytes(range(256)))
