# sys.getsizeof: growing, own __sizeof__, errors.
import sys
sizes = [sys.getsizeof([0] * n) for n in (0, 1, 10, 100, 1000)]; print(sizes == sorted(sizes), sizes[-1] - sizes[-2] == 900 * 8)
print(sys.getsizeof("a" * 1000) - sys.getsizeof("a" * 500) == 500, sys.getsizeof("é" * 1000) - sys.getsizeof("é" * 500) == 500, sys.getsizeof("中" * 1000) - sys.getsizeof("中" * 500) == 1000, sys.getsizeof("🎉" * 1000) - sys.getsizeof("🎉" * 500) == 2000)
print(sys.getsizeof(b"x" * 1000) - sys.getsizeof(b"x" * 500) == 500, sys.getsizeof(tuple(range(100))) - sys.getsizeof(tuple(range(50))) == 400)
class A: pass
class S: __slots__ = ("a",)
class Own:
    def __sizeof__(self): return 1000
class Bad:
    def __sizeof__(self): return "x"
class Neg:
    def __sizeof__(self): return -5
print(sys.getsizeof(Own()) >= 1000, sys.getsizeof(S()) < sys.getsizeof(A()) + 100, sys.getsizeof({i: i for i in range(1000)}) > sys.getsizeof({}), sys.getsizeof(10**1000) > sys.getsizeof(1), sys.getsizeof(set(range(1000))) > sys.getsizeof(set()))
for b in (Bad(), Neg()):
    try: sys.getsizeof(b)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
try: sys.getsizeof()
except TypeError as e: print(e)
print(sys.getsizeof(Bad(), "default"), all(sys.getsizeof(x) > 0 for x in (1, 1.5, None, True, [], (), {}, set(), "", b"", len, int, range(1), lambda: 0)))
