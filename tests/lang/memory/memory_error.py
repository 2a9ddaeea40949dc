# Sizes that cannot be: MemoryError or OverflowError, and life goes on.
import sys
for expr in ("'a' * sys.maxsize", "[0] * sys.maxsize", "b'a' * sys.maxsize", "(0,) * sys.maxsize", "bytes(sys.maxsize)", "bytearray(sys.maxsize)", "'a'.ljust(sys.maxsize)", "[0] * (sys.maxsize // 8)", "'ab' * (sys.maxsize // 2 + 1)", "[1, 2] * (sys.maxsize // 2 + 1)", "bytes(2**100)", "'a' * 2**100", "[0] * 2**100", "list(range(2**62))" if 0 else "1", "1 << 2**62 if 0 else 2"):
    try: eval(expr); print(expr, "ok")
    except (MemoryError, OverflowError) as e: print(expr, "->", type(e).__name__)
print(sum(range(1000)))
try: raise MemoryError
except MemoryError as e: print(repr(e), e.args)
print(issubclass(MemoryError, Exception), MemoryError.__mro__[1].__name__)
