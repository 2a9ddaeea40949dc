# Whole runs of values at once: struct's, pickle's, % of bytes, tabs, and containers of characters and bytes.
import pickle
import struct


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for order in "<>=!@":
    for code, size in zip("bBhHiIqQ", (1, 1, 2, 2, 4, 4, 8, 8)):
        data = bytes(range(128 - size, 128 + size)) + b"\xff" * size + b"\x80" + b"\0" * (size - 1)
        values = struct.unpack(f"{order}4{code}", data)
        print(order, code, values, struct.pack(f"{order}4{code}", *values) == data)
for code in "efd":
    data = struct.pack(f">5{code}", 0.0, -0.0, 1.5, float("inf"), 2.0**-14)
    print(code, data, struct.unpack(f">5{code}", data), struct.unpack(f">{code}", data[:len(data) // 5]))
print(struct.unpack("d", struct.pack("d", 1e300)), struct.unpack("<q", b"\xff" * 7 + b"\x7f"))
for code, bad in ("b", 128), ("B", -1), ("h", 40000), ("H", 65536), ("i", 2**31), ("I", -1), ("q", 2**63), ("Q", -1), ("d", "x"), ("i", 1.5), ("f", 1e300):
    for order in "<@":
        show(lambda: struct.pack(order + code, bad))
show(lambda: struct.pack("d", True))
show(lambda: struct.pack("d", 2**70))
show(lambda: struct.pack("i", True))
show(lambda: struct.unpack("<I", b"123"))
show(lambda: struct.unpack_from("<I", b"12345678", 4))
show(lambda: struct.unpack_from("<I", b"12345678", 5))
show(lambda: struct.unpack_from("<I", b"12345678", -4))
show(lambda: struct.unpack_from("<I", b"12345678", True))
show(lambda: struct.unpack_from("<I", bytearray(b"12345678"), 2))

deep = []
for _ in range(3):
    deep = [deep, (deep,), {"k": deep}]
for value in [list(range(-3, 2100)), tuple(range(5)), {"é": "日本", "\ud800": ""}, [()] * 3, {(1, 2): [3.5, None, True]}, deep, [str(i) for i in range(1500)]]:
    for protocol in range(6):
        back = pickle.loads(pickle.dumps(value, protocol))
        print(protocol, back == value, type(back).__name__, end=" ")
    print()
shared = ["same"] * 40
back = pickle.loads(pickle.dumps([shared, shared]))
print(back[0] is back[1], all(x is back[0][0] for x in back[0]))
for broken in b"]\x94(K\x01", b"(K\x01e.", b"}(K\x01u.", b"K\x01\x86.", b"h\x05.", b"e.", b"\x8c\x05ab", b"", b"\x80\x09.", b"]K\x01K\x02u.":
    show(lambda: pickle.loads(broken))


class Asks(pickle.Unpickler):
    def persistent_load(self, key):
        return f"<{key}>"


class Tells(pickle.Pickler):
    def persistent_id(self, v):
        return v if isinstance(v, str) else None


import io
out = io.BytesIO()
Tells(out).dump([1, "one", "two"])
print(Asks(io.BytesIO(out.getvalue())).load())
plain = pickle.Unpickler(io.BytesIO(out.getvalue()))
show(plain.load)
plain = pickle.Unpickler(io.BytesIO(out.getvalue()))
plain.persistent_load = lambda key: key.upper()
show(plain.load)
out = io.BytesIO()
plain = pickle.Pickler(out)
plain.persistent_id = lambda v: "s" if isinstance(v, str) else None
plain.dump(["x", 2])
print(out.getvalue())

for text, args in [(b"%s", b"abc"), (b"%b-%s", (b"a", bytearray(b"b"))), (b"%d %x %o %i", (12, 255, 8, -3)), (b"%x %o", (-255, -8)), (b"%s", 5), (b"%b", 5),
                   (b"%d", True), (b"%5d|%-5d|%05d", (1, 2, 3)), (b"%(a)s %(b)d", {b"a": b"x", b"b": 7}), (b"%(a)s", {"a": b"x"}), (b"%%", ()), (b"%", ()),
                   (b"%s", ()), (b"x", 1), (b"%a %r", ("\u00e9", "x")), (b"%c%c", (65, b"B")), (b"\xff%s\xfe", b"\xfd"), (b"%.2s", b"abc"), (b"%d", 2**70),
                   (b"%x", 2**70), (b"%d", "x"), (b"%s", "x"), (b"%u", 3), (b"%s%s", (b"a",)), (b"%.2f", 1), (b"%s", memoryview(b"mv")), (b"%z", 1), (b"", ())]:
    show(lambda: text % args)
    show(lambda: bytearray(text) % args)
for text, args in [("%x", 255), ("%o", 0), ("%x", -1), ("%s", 5), ("%d%s", (5, "é")), ("%b", 5), ("é%x", 10), ("日%s本", "x"), ("%s", b"x")]:
    show(lambda: text % args)


for text in "", "\t", "a\tb", "ab\tc\n\td\r\te", "\t\t", "é\tü", "日\t本", "\U0001f600\tx", "no tabs", "12345678\tx":
    print([text.expandtabs(n) for n in (8, 4, 1, 0, -3)], text.encode().expandtabs(4), bytearray(text.encode()).expandtabs())
show(lambda: "\t\t".expandtabs(2**63 - 1))
show(lambda: b"\t\t\t".expandtabs(2**62))
same = "none here"
print(same.expandtabs() is same)

print(sorted(set("hello wörld 日本日本 \U0001f600\U0001f600")), set("") == set(), sorted(frozenset("aab")))
print(list(b"\0\x7f\xff"), tuple(bytearray(b"ab")), list(b""), [*b"xyz"], sorted(set(b"abca")))
grown = [1]
grown.extend(b"ab")
grown += bytearray(b"c")
print(grown, len(set(iter("abcabc"))), set(map(str, range(3))) == {"0", "1", "2"})


def ends_badly():
    yield 1
    raise LookupError("here")


show(lambda: set(ends_badly()))
show(lambda: set([[]]))
show(lambda: set(iter([1, []])))
