"""A codec's error of a plain kind names the codec, except where str and bytes need none to know the encoding."""
import codecs


def tell(what, action):
    try:
        print(what, ascii(action()))
    except Exception as e:
        print(what, type(e).__name__, ascii(str(e)), "|", type(e.__cause__).__name__, ascii(str(e.__cause__)))


def failing(error):
    raise ValueError("handler")


codecs.register_error("failing", failing)
for encoding in ("utf-8", "U8", "utf8", "UTF_8", "ascii", "us-ascii", "646", "latin-1", "L1", "iso-8859-1", "utf-16", "utf-16-le", "utf_16_be", "utf-32", "utf-32-be",
                 "utf-8-sig", "cp1252", "utf-7", "charmap"):
    for errors in ("nope", "failing", "strict"):
        tell((encoding, errors, "encode"), lambda: "a\u20ac\ud800".encode(encoding, errors))
        tell((encoding, errors, "decode"), lambda: b"\xff\xfe\x81".decode(encoding, errors))
