# A codec that fails says which one it was, with what it raised as the cause.
import codecs


def tell(what):
    try:
        print(what, repr(eval(what)))
    except Exception as e:
        print(what, type(e).__name__, e, repr(e.__cause__))


class Own(Exception):
    def __init__(self, a, b):
        super().__init__(a)


def search(name):
    def fail(*args):
        raise {"f_plain": ValueError("v"), "f_empty": KeyError(), "f_two": TypeError(1, 2), "f_own": Own("x", 2),
               "f_os": OSError(2, "m"), "f_noted": noted}[name]
    return codecs.CodecInfo(fail, fail, name=name) if name.startswith("f_") else None


noted = ValueError("n")
noted.extra = 1
codecs.register(search)
for case in """\
codecs.decode(b"zz", "hex")
codecs.decode(b"x", "zip")
codecs.encode("a", "hex")
"a..b".encode("idna")
"a".encode("hex")
b"a".decode("rot13")
"x".encode("f_plain")
b"x".decode("f_plain")
codecs.encode("x", "f_empty")
codecs.encode("x", "f_two")
codecs.encode("x", "f_own")
codecs.encode("x", "f_os")
codecs.encode("x", "f_noted")""".splitlines():
    tell(case)
