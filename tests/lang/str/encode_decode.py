# Codecs and error handlers.
s = "aé中🎉\ud800"
for enc in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "ascii", "cp1252" if 0 else "iso-8859-1", "UTF8", "Utf_8", "U8"):
    for err in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogatepass", "surrogateescape"):
        try: print(enc, err, s.encode(enc, err))
        except Exception as e: print(enc, err, type(e).__name__, ascii(str(e)))
bad = b"a\xc3\xa9\xff\xe4\xb8\xc3(\xf0\x9f\x8e\x89\xed\xa0\x80\xc0\x80\xf5"
for err in ("strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass"):
    try: print(err, ascii(bad.decode("utf-8", err)))
    except UnicodeDecodeError as e: print(err, e, e.start, e.end, e.reason)
for b in (b"\xc3", b"\xe4\xb8", b"\xf0\x9f\x8e", b"\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xf4\x90\x80\x80", b"\xed\xb0\x80", b"ab\xffcd", b"\xe4\xb8\xad\xe4", b"\xf8\x88"):
    try: print(b.decode())
    except UnicodeDecodeError as e: print(b, e)
    print(ascii(b.decode("utf-8", "replace")))
for b, enc in ((b"\xff\xfea\x00", "utf-16"), (b"\xfe\xff\x00a", "utf-16"), (b"a\x00b", "utf-16-le"), (b"\x00\xd8", "utf-16-le"), (b"=\xd8\x89\xdf", "utf-16-le"), (b"a\0\0\0", "utf-32-le"), (b"\0\0\x11\0", "utf-32-le"), (b"abc", "utf-32"), (b"\xff", "ascii"), (b"\xff", "latin-1"), (b"\xef\xbb\xbfx", "utf-8-sig"), (b"\xef\xbb\xbfx", "utf-8"), (b"", "utf-16")):
    try: print(b, enc, ascii(b.decode(enc)))
    except UnicodeDecodeError as e: print(b, enc, "->", e)
for c in ("'a'.encode('nope')", "b'a'.decode('nope')", "'é'.encode('ascii', 'nope')", "b'\\xff'.decode('ascii', 'nope')", "'a'.encode(5)", "'a'.encode('utf-8', 5)", "b'a'.decode(errors=1)", "'a'.encode(encoding='ascii', errors='strict')", "'é'.encode('ascii')", "'aé中'.encode('latin-1')", "b'\\x80abc'.decode('ascii')", "'\\ud800'.encode()", "b''.decode()", "''.encode()", "'é'.encode().decode('ascii', 'replace')"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, ascii(str(e)))
print("x\udcff".encode("utf-8", "surrogateescape"), b"x\xff".decode("utf-8", "surrogateescape") == "x\udcff", "é".encode("utf-8-sig"), "€".encode("utf-16"), len("🎉".encode("utf-16-le")))
