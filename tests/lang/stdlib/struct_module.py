# struct: pack, unpack, sizes, errors.
import struct
print(struct.pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1), struct.pack(">i", 1), struct.pack("!H", 258), struct.pack("=l", 5), struct.pack("<f", 1.5), struct.pack(">d", -2.5), struct.pack("3s", b"abcd"), struct.pack("5s", b"ab"), struct.pack("5p", b"ab"), struct.pack("?", True), struct.pack("c", b"x"), struct.pack("2x"), struct.pack("3b", 1, 2, 3), struct.pack("<e", 1.5), struct.pack(""), struct.pack("<bxh", 1, 2))
print(struct.unpack("<hI", b"\x01\x00\x02\x00\x00\x00"), struct.unpack(">2sB", b"ab\xff"), struct.unpack("3c", b"xyz"), struct.unpack("?", b"\x02"), struct.unpack("5p", b"\x02abcd"), struct.unpack("<d", struct.pack("<d", 0.1)), struct.unpack_from("<H", b"\x00\x01\x02", 1), list(struct.iter_unpack("<H", b"\1\0\2\0")), struct.calcsize("<bhi"), struct.calcsize("bhi"), struct.calcsize("bq"), struct.calcsize("3s2xI"), struct.calcsize("@P"))
for c in ("struct.pack('b', 200)", "struct.pack('B', -1)", "struct.pack('<i', 2**31)", "struct.pack('i', 'a')", "struct.pack('i')", "struct.pack('i', 1, 2)", "struct.pack('zz', 1)", "struct.pack('3', 1)", "struct.unpack('i', b'abc')", "struct.unpack('i', 'abcd')", "struct.pack('s', 'a')", "struct.pack('c', b'ab')", "struct.pack('f', 1e300)", "struct.pack('d', 'x')", "struct.unpack_from('i', b'abcd', 2)", "struct.pack('<i', 1.5)", "struct.calcsize('<P')", "struct.pack(5, 1)", "struct.pack('q', 2**63)", "struct.unpack_from('i', b'abcd', -10)"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
s = struct.Struct("<hh"); b = bytearray(6); s.pack_into(b, 1, 1, -1); print(b, s.size, s.format, s.unpack_from(b, 1), s.unpack(b"\1\0\2\0"), s.pack(3, 4)); struct.pack_into("B", b, 0, 9); print(b)
class I:
    def __index__(self): return 7
print(struct.pack("b", I()), struct.unpack("<3h", bytes(range(6))), struct.pack("0s", b""), struct.pack("<0i2b", 1, 2), struct.pack("< h h ", 1, 2))
