"""Replacing, splitting, lines and codecs over many seeded texts of every width, as one digest per kind of operation."""
import hashlib
import random

ALPHABETS = ["ab", "ab \n\r\t", "ab\x1c\x85\xa0 \xe9", "ab\u20ac\u2028 x", "a\U0001f600b "]
chance = random.Random(20)


def text(longest):
    letters = chance.choice(ALPHABETS)
    return "".join(chance.choice(letters) for _ in range(chance.randrange(longest)))


def answer(function, *args):
    try:
        return function(*args)
    except (UnicodeError, ValueError) as e:
        return str(e)


digests = {}


def note(kind, value):
    digests.setdefault(kind, hashlib.sha256()).update(repr(value).encode("utf-8", "backslashreplace"))


for _ in range(400):
    s, old, new = text(chance.choice([3, 20, 60, 700])), text(4), text(5)
    most = chance.choice([-1, -1, 0, 1, 2, 5])
    raw, raw_old, raw_new = s.encode(), old.encode(), new.encode()
    if chance.random() < 0.3:
        raw = bytearray(raw)
    table = bytes(chance.randrange(256) for _ in range(256))
    wild = bytes(chance.choice(b"a\x80\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xed\xff") for _ in range(12))
    note("replace", [s.replace(old, new, most), raw.replace(raw_old, raw_new, most)])
    note("split", [answer(s.split, old, most), answer(s.rsplit, old, most), s.split(None, most), s.split()])
    note("split bytes", [answer(raw.split, raw_old, most), raw.split(None, most), raw.split()])
    note("lines", [s.splitlines(), s.splitlines(True), raw.splitlines(), raw.splitlines(True)])
    note("find", [s.find(old), s.rfind(old), s.count(old), raw.count(raw_old), raw.find(raw_old)])
    note("affixes", [s.removeprefix(old), s.removesuffix(old), answer(s.partition, old)])
    note("bytes", [raw.lower(), raw.title(), raw + raw_new, raw < raw_new, raw == raw_new, raw.translate(table),
                   raw.translate(table, raw_old)])
    for errors in "strict", "replace", "ignore", "surrogateescape", "backslashreplace":
        note("decode", answer(wild.decode, "utf-8", errors))
        for encoding in "cp1252", "latin-1", "ascii", "koi8-r", "cp437":
            note("codecs", [answer(s[:9].encode, encoding, errors), answer(wild.decode, encoding, errors)])

for kind, digest in digests.items():
    print(kind, digest.hexdigest()[:24])
words = [text(7) for _ in range(500)]
print(hashlib.sha256(repr(sorted(words)).encode("utf-8", "backslashreplace")).hexdigest()[:24])
print(hashlib.sha256(repr(sorted(w for w in words if w.isascii())).encode()).hexdigest()[:24])
