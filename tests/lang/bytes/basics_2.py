# Construction, indexing, operators.
for c in (
    "bytes(['a'])",
    "bytes(-1)",
    "bytes(1.5)",
    "bytes(None)",
    "bytes(5, 'ascii')",
    "bytes([1.5])",
    "bytes(object())",
    "bytes(10**20)",
    "bytes('\\ud800', 'utf-8')",
    "bytes(True)",
    "bytes({1, 1})",
    "bytes(encoding='ascii')",
    "bytes(b'a', 'ascii')",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
b = b"hello\x00\xffworld"
print(b, b[0], b[-1], b[1:4], b[::-1], b[5:7], len(b), list(b[:3]), b + b"!", b * 2, 2 * b"ab", b"lo" in b, 104 in b, 300 in [1], b == b"hello\x00\xffworld", b < b"i", hash(b"a") == hash(b"a"), b"a" == "a", b"a" != "a", b"" < b"a", bool(b""), tuple(b"ab"), max(b"abc"), sorted(b"cab"))
for c in ("b[20]", "b['a']", "b[1.0]", "b + 'a'", "'a' + b", "b * 'a'", "'a' in b", "256 in b", "-1 in b", "b < 'a'", "b % 1", "b[0] + 1", "b.nope", "b''[0]", "b + bytearray(b'x')", "bytearray(b'x') + b'y'", "b'%s %d' % (b'x', 5)", "b'%s' % 'a'", "b'%r' % 'é'", "b'%c%x' % (65, 255)", "b'%b' % b'z'", "b'%a' % 'é'", "b'%(k)s' % {b'k': b'v'}", "b'%5s|%-5s|%.1f' % (b'a', b'b', 1.5)", "b'%q' % 1", "b'%d' % b'a'"):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
for st in ("b[0] = 1", "del b[0]", "b.x = 1"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
print(repr(b"'"), repr(b'"'), repr(b"'\""), repr(b"\\\n\r\t\x7f\x80"), str(b"abc"), f"{b'x'}", "%s" % b"y", ascii(b"\xe9"), [b"a"], {b"k": b"v"}, b'\'"')
class B(bytes): pass
print(B(b"ab"), type(B(b"ab")), type(B(b"a") + b"c"), type(B(b"ab")[:1]), B(b"ab") == b"ab", type(B(b"a").upper()))
class HasBytes:
    def __bytes__(self): return b"from dunder"
print(bytes(HasBytes()), bytes.__bytes__(b"x") if hasattr(bytes, "__bytes__") else "")
