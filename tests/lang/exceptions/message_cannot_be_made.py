"""An error whose message shows an object that cannot be shown: it goes out without a message, in place of what __repr__ raised."""


class Bad:
    def __repr__(self):
        raise RuntimeError("no repr")

    def __hash__(self):
        return 1


class BadText(str):
    def __repr__(self):
        return b"x"


class BadBytes(bytes):
    def __repr__(self):
        raise KeyError("bytes")


class BadMeta(type):
    def __repr__(self):
        raise ValueError("no name")


class BadClass(metaclass=BadMeta):
    pass


def attempt(what, call):
    try:
        print(what, "gives", call())
    except Exception as error:
        print(what, type(error).__name__, error.args, type(error.__context__).__name__, type(error.__cause__).__name__)


attempt("float text", lambda: float(BadText("x")))
attempt("float bytes", lambda: float(BadBytes(b"x")))
attempt("int text", lambda: int(BadText("x")))
attempt("int bytes", lambda: int(BadBytes(b"x")))
attempt("index", lambda: [1].index(Bad()))
attempt("remove", lambda: [1].remove(Bad()))
attempt("range index", lambda: range(3).index(Bad()))
attempt("tuple index", lambda: (1,).index(Bad()))
attempt("dict key", lambda: {}[Bad()])
attempt("set remove", lambda: {1}.remove(Bad()))
attempt("isinstance", lambda: isinstance(1, Bad()))
attempt("format", lambda: format(1, BadText("zzz")))
attempt("getattr", lambda: getattr(1, BadText("zzz")))
attempt("keyword", lambda: dict(**{BadText("a"): 1}))
attempt("call", lambda: (lambda: 1)(**{BadText("a"): 1}))
attempt("print", lambda: print(**{BadText("a"): 1}))
attempt("class attribute", lambda: BadClass.anything)
attempt("new", lambda: object.__new__(BadClass, 1))
attempt("bases", lambda: type("T", (BadClass, BadClass), {}))
attempt("encode", lambda: BadText("\ud800").encode())
attempt("handled", lambda: [][Bad()])
