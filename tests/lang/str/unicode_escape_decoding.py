# What the unicode-escape codecs take, and what they do with what they cannot.
import warnings

warnings.simplefilter("always")


def told(source, encoding, errors):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            print(source[:20], encoding[:3], errors, ascii(source.decode(encoding, errors)), end=" ")
        except UnicodeDecodeError as e:
            print(source[:20], encoding[:3], errors, e, end=" ")
    print(*(str(w.message) for w in seen))


for source in (b"\\N{foo}xx", b"\\N{foo", b"\\N", b"\\N{", b"\\N{}x", b"\\NSPACE", b"\\N{DIGIT ONE}y", b"\\N{" + b"A" * 300 + b"}",
               b"\\N{latin small letter a with grave}", b"\\U00110000z", b"\\Uffffffff1", b"\\x1", b"\\u12", b"\\", b"\\400\\777", b"\\8\\d",
               b"a\\qb\\zc", b"\\\nx", b"\\N{LF}"):
    for errors in ("strict", "ignore", "replace", "backslashreplace"):
        told(source, "unicode-escape", errors)
        told(source, "raw-unicode-escape", errors)
