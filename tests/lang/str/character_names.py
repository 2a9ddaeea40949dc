# The names of characters: every one there and back, aliases, sequences, and names that are none.
import unicodedata
import zlib

named = 0
total = 0
for code in range(0x110000):
    name = unicodedata.name(chr(code), None)
    if name is None:
        continue
    named += 1
    total = zlib.crc32(name.encode(), total)
    if code < 0x3000 or code % 7 == 0:
        assert unicodedata.lookup(name) == chr(code), (code, name)
print(named, total)
for name in ("line feed", "LF", "NULL", "Latin small letter r with tilde", "KEYCAP DIGIT ONE",
             "HANGUL SYLLABLE GAGG", "hangul syllable gagg", "HANGUL SYLLABLE GAGA", "HANGUL SYLLABLE ",
             "CJK UNIFIED IDEOGRAPH-4E00", "CJK UNIFIED IDEOGRAPH-4e00", "CJK UNIFIED IDEOGRAPH-04E00",
             "CJK UNIFIED IDEOGRAPH-", "", "é", "a\0b", "x" * 256, "x" * 257, "KHMER VOWEL SIGN OM"):
    try:
        print(name[:40], [hex(ord(c)) for c in unicodedata.lookup(name)])
    except KeyError as e:
        print(name[:40].encode(), e.args[0][:60])
print("\N{latin small letter a}\N{LF}\N{HANGUL SYLLABLE HIH}".encode())
print(b"\\N{KEYCAP DIGIT ONE}\\N{nothing}".decode("unicode_escape", "replace").encode())
for code in (0xD55C, 0x4E00, 0x1F600, 0xFF21, 0xE000, 0x378):
    try:
        print(hex(code), unicodedata.name(chr(code)))
    except ValueError as e:
        print(hex(code), e)
