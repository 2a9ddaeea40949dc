# The tree of built-in exceptions, in the order in which __subclasses__() tells it.
def show(kind, depth=0):
    print("  " * depth + kind.__name__, [base.__name__ for base in kind.__bases__])
    for derived in kind.__subclasses__():
        if derived.__module__ == "builtins":
            show(derived, depth + 1)


show(BaseException)
