# The tree of built-in exceptions.
import builtins
def tree(c, depth=0):
    print("  " * depth + c.__name__)
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins"), key=lambda s: s.__name__): tree(s, depth + 1)
tree(BaseException)
print(IOError is OSError, EnvironmentError is OSError)
names = sorted(n for n in dir(builtins) if isinstance(getattr(builtins, n), type) and issubclass(getattr(builtins, n), BaseException))
print(len(names), names)
print(issubclass(KeyError, LookupError), issubclass(bool, int), issubclass(UnicodeDecodeError, ValueError), issubclass(ModuleNotFoundError, ImportError))
print(ExceptionGroup.__mro__)
for cls, err in ((LookupError, KeyError), (ArithmeticError, ZeroDivisionError), (OSError, FileNotFoundError), (Exception, StopIteration), (BaseException, KeyboardInterrupt), (ValueError, UnicodeError), (RuntimeError, RecursionError), (RuntimeError, NotImplementedError)):
    try: raise err("x")
    except cls as e: print(cls.__name__, "catches", type(e).__name__)
try:
    try: raise KeyboardInterrupt
    except Exception: print("no")
except BaseException as e: print("base only", repr(e))
try:
    try: raise SystemExit(4)
    except Exception: print("no")
except SystemExit as e: print(e.code)
print(*(isinstance(e.__doc__, str) for e in (Exception, ValueError, KeyError)), sep="|")
