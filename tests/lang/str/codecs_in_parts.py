# Decoding in parts: what an unfinished escape or surrogate waits for; handlers that put other bytes in place; names of codecs.
import codecs
import warnings


def parts(encoding, data, errors="strict"):
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    out = []
    for i in range(len(data)):
        try:
            out.append(decoder.decode(data[i:i + 1], i == len(data) - 1))
        except UnicodeDecodeError as e:
            out.append(str(e))
            break
    print(encoding, errors, ascii(out))


for text in (b"a\\x41\\u20ac\\U0001f600\\N{BULLET}\\101\\\\z", b"\\x4", b"\\", b"\\N{BUL", b"\\N", b"\\u12"):
    parts("unicode_escape", text)
    parts("raw_unicode_escape", text)
for errors in ("strict", "surrogatepass", "replace"):
    parts("utf-8", b"a\xed\xa0\x80b", errors)
    parts("utf-8-sig", b"\xef\xbb\xbf\xed\xb0\x80", errors)
    parts("utf-8", b"\xed\xa0", errors)
    parts("utf-16-le", b"\x00\xd8a\x00", errors)
for tail in (b"-b", b"\xffb", b"", b"A-b", b"+AGE-", b"~x"):
    print(tail, ascii((b"a+2AE" + tail).decode("utf-7", "replace")))


def longer(e):
    e.object = b"\x00" * 8
    return "?", e.start


def shorter(e):
    e.object = bytes(4)
    return "?", 0


def wrong(e):
    e.object = "no bytes"
    return "?", 0


for name, handler in (("longer", longer), ("shorter", shorter), ("wrong", wrong)):
    codecs.register_error("test." + name, handler)
    for encoding, data in (("utf-16", b"\x00"), ("utf-32", b"\x00"), ("utf-8", b"\x80"), ("ascii", b"\xff"),
                           ("unicode_escape", b"\\x1"), ("raw_unicode_escape", b"\\u12")):
        try:
            print(name, encoding, ascii(data.decode(encoding, "test." + name)))
        except (TypeError, IndexError, UnicodeDecodeError) as e:
            print(name, encoding, type(e).__name__, str(e).rstrip(")").split("TypeError: ")[-1])

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(codecs.escape_decode(rb"a\q\m\777"), codecs.escape_decode(rb"\101\400"), codecs.escape_decode(b"\\8"))
    print(ascii(b"\\q\\400".decode("unicode_escape")), ascii(b"\\401\\q".decode("unicode_escape")))
    print([str(w.message) for w in caught])


def find(name):
    print("asked for", ascii(name))
    return None


codecs.register(find)
for name in ("AAA-8", "AAA---8", "AAA   8", "aaa\xe9\u20ac-8", "AAA.8", "AAA...8", "-a_b-", "Ab", "a\xe9\u20ac-8"):
    try:
        codecs.lookup(name)
    except LookupError as e:
        print(ascii(str(e)))
codecs.unregister(find)
print(codecs.lookup("Latin 1").name, codecs.lookup("UTF   8").name, codecs.lookup("iso-8859_15").name)

# What a handler may have an encoding put.
for encoding, put in (("utf-8", "é"), ("utf-8", "e"), ("utf-8", b"\xff"), ("utf-16", "é"), ("utf-16le", b"a"),
                      ("utf-16be", b"ab"), ("utf-32le", b"ab"), ("utf-32", b"abcd"), ("latin-1", "é"), ("ascii", "é")):
    codecs.register_error("test.put", lambda e, put=put: (put, e.end))
    try:
        print(encoding, ascii(put), "a\ud800b".encode(encoding, "test.put"))
    except UnicodeEncodeError as e:
        print(encoding, ascii(put), e)
for encoding in ("ascii", "utf-7", "utf-8", "utf-16", "utf-32", "cp1251"):
    def emptying(e):
        e.object = b""
        return "\u4242", 0
    codecs.register_error("test.emptying", emptying)
    print(encoding, ascii({"utf-7": b"++", "cp1251": b"\x98"}.get(encoding, b"\xff").decode(encoding, "test.emptying")))
