# repr of awkward characters and quotes.
for s in [
    "\uffff",
    "\U0001f389",
    "\U000e0001",
    "\U0010ffff",
    "\ud800",
    "a\\'b",
    "tab\there",
    "中",
    "\u0378",
    "\u3000",
    "\ufeff",
    "x\x00y",
]:
    print(repr(s).encode("ascii", "backslashreplace") if 0 else ascii(repr(s)), ascii(s), s.__repr__() == repr(s), eval(repr(s)) == s, s.isprintable())
class S(str):
    def __repr__(self): return "custom"
print(repr(S("a")), str(S("a")), [S("b")], ascii(S("é")), f"{S('x')!r}", "%r" % S("y"))
class R:
    def __repr__(self): return "é中"
print(ascii(R()), repr(R()) == "é中", ascii([R(), "é"]), f"{R()!a}")
print(ascii("é中🎉"), ascii({"é": "ü"}), ascii(("\n",)), ascii(b"\xff"), ascii(1.5))
print(repr("a" * 50), repr(["'", '"', "\\'"]), {"\n": "\t"}, ("\x00",))
print("\x41\u0042\U00000043", "\N{BULLET}", len("\N{PILE OF POO}"), "\N{LATIN SMALL LETTER E WITH ACUTE}" == "é", ord("\N{NO-BREAK SPACE}"))
print([hex(ord(c)) for c in "aé中🎉"], [chr(n) for n in (97, 233, 20013, 127881)], chr(0) == "\0", ord("\U0010ffff"), ascii(chr(0xd800)))
for c in ("chr(-1)", "chr(1114112)", "chr('a')", "chr(1.0)", "ord('')", "ord('ab')", "ord(1)", "ord(b'a')", "ord(b'ab')", "chr(True)", "ord(bytearray(b'x'))", "chr(10**20)"):
    try: print(c, ascii(eval(c)))
    except Exception as e: print(c, "->", type(e).__name__, e)
