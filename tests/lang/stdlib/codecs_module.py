# codecs: lookup, incremental coding, error handlers.
import codecs
print(codecs.encode("é", "utf-8"), codecs.decode(b"\xe9", "latin-1"), codecs.lookup("utf8").name, codecs.lookup("LATIN-1").name, codecs.BOM_UTF8, codecs.encode("abc", "rot13"), codecs.decode("616263", "hex") if 0 else codecs.encode(b"abc", "hex"), codecs.decode(b"616263", "hex"), codecs.getencoder("ascii")("a"), codecs.escape_decode(rb"\x41\n")[0] if hasattr(codecs, "escape_decode") else b"A\n", codecs.encode("a\nb", "unicode_escape"), codecs.decode(rb"\u00e9\n", "unicode_escape"), codecs.encode("é", "raw_unicode_escape"))
d = codecs.getincrementaldecoder("utf-8")(); print([d.decode(bytes([b])) for b in "é中🎉".encode()], d.decode(b"", final=True)); e = codecs.getincrementalencoder("utf-16")(); print(e.encode("a"), e.encode("b")); d = codecs.getincrementaldecoder("utf-8")("replace"); print(d.decode(b"\xc3"), d.decode(b"", True))
def handler(err): return "<%s>" % err.object[err.start:err.end] if isinstance(err, UnicodeEncodeError) else ("?", err.end), 
codecs.register_error("mine", lambda err: (f"[{err.object[err.start:err.end]!a}]", err.end)); print("aé中b".encode("ascii", "mine"), b"a\xffb".decode("ascii", "mine"), codecs.lookup_error("strict").__name__)
for bad in (lambda: codecs.lookup("nope"), lambda: codecs.encode("é", "ascii"), lambda: codecs.decode(b"\xff", "utf-8"), lambda: codecs.lookup_error("nope"), lambda: "é".encode("ascii", "nope"), lambda: codecs.encode("a", "hex"), lambda: codecs.decode(b"zz", "hex"), lambda: codecs.register_error("x", 5), lambda: codecs.encode(5, "utf-8")):
    try: print(bad())
    except Exception as x: print(type(x).__name__, x)
