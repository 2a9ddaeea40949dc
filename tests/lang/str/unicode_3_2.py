# What unicodedata.ucd_3_2_0 says of every character, as one sum for each question; IDNA, which asks it; Hangul's normal forms.
import unicodedata
import zlib

old = unicodedata.ucd_3_2_0
print(old.unidata_version, type(old).__name__, unicodedata.UCD is type(old))
chars = [chr(c) for c in range(0x110000) if not 0x20000 <= c < 0x2f800 and not 0xf0000 <= c]
for question in ("category", "bidirectional", "combining", "mirrored", "east_asian_width", "decomposition"):
    ask = getattr(old, question)
    print(question, zlib.crc32("|".join([str(ask(c)) for c in chars]).encode()))
for question in ("decimal", "digit", "numeric", "name"):
    ask = getattr(old, question)
    print(question, zlib.crc32("|".join([str(ask(c, None)) for c in chars]).encode()))
for name in ("LF", "LATIN SMALL LETTER R WITH TILDE", "GRINNING FACE", "latin small letter a", b"DIGIT ONE", 5):
    for which in (old, unicodedata):
        try:
            print(ascii(which.lookup(name)))
        except (KeyError, TypeError) as e:
            print(e)
for c in "\u0221\U0002f868\U0002f9bf\u00e9\ufb01":
    print([ascii(old.normalize(form, c)) for form in ("NFC", "NFD", "NFKC", "NFKD")])
print(ascii(unicodedata.normalize("NFC", "\u1100\u1175\u11a7")), ascii(unicodedata.normalize("NFC", "\u1100\u1175\u11a8")),
      ascii(unicodedata.normalize("NFC", "\u11a7e\u0301\u11a7\u11a7e\u0301")))
for host in ("bücher.example", "faß.de", "\u2f868.x", "日本語.jp"):
    print(host.encode("idna"), host.encode("idna").decode("idna").encode())
for host in ("\u0221.x", "\U0001f600.x", "a..b", "\u06ddx"):
    try:
        print(host.encode("idna"))
    except UnicodeError as e:
        print(type(e).__name__, ascii(str(e)))
