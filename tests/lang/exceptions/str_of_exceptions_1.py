# str and repr of the built-in exceptions with 0, 1, 2 arguments.
for c in (
    Exception,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    NameError,
    TypeError,
    StopIteration,
    SystemExit,
    OSError,
    RuntimeError,
    AssertionError,
):
    print(c.__name__, [(str(e), repr(e), e.args) for e in (c(), c("m"), c(5), c("a", "b"), c(None))])
