# An error while the program waits for its threads at the end is told of the module threading.
import sys, threading


def told(args):
    print(type(args.object).__name__, args.object.__name__, repr(args.exc_value), args.err_msg)


sys.unraisablehook = told
threading._register_atexit(lambda: print("first, though registered first"))
threading._register_atexit(lambda: 1 / 0)
print("over")
