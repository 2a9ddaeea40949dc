# str and repr of the built-in exceptions with 0, 1, 2 arguments.
for c in (
    ImportError,
    ZeroDivisionError,
    KeyboardInterrupt,
    MemoryError,
    EOFError,
    LookupError,
    NotImplementedError,
    GeneratorExit,
    RecursionError,
    UnicodeError,
    Warning,
    BufferError,
):
    print(c.__name__, [(str(e), repr(e), e.args) for e in (c(), c("m"), c(5), c("a", "b"), c(None))])
print(str(KeyError("it's")), repr(KeyError("k")), str(KeyError(("a", 1))), str(ValueError(ValueError("in"))), repr(ValueError(["l"])), f"{KeyError('f')}", "%s" % ValueError("p"), "{}".format(IndexError(1, 2)))
