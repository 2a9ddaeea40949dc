# islice with every combination of bounds.
from itertools import islice, count
for args in ((3,), (0,), (None,), (1, 4), (0, None), (None, 3), (1, None, 2), (0, 10, 3), (5, 5), (2, 2), (None, None, None), (0, 5, None), (9, None), (20, 30), (0, 1, 100)): print(args, list(islice(range(10), *args)))
for args in ((-1,), (1, -1), (-1, 5), (0, 5, 0), (0, 5, -1), ("a",), (1.5,), (0, "b"), (0, 5, "c"), (), (1, 2, 3, 4), (2**70,) if 0 else (1, 2, 2.0)):
    try: print(args, list(islice(range(10), *args)))
    except (ValueError, TypeError) as e: print(args, "->", type(e).__name__, e)
it = iter(range(10)); list(islice(it, 2, 5)); print(next(it)); it = iter(range(10)); list(islice(it, 0)); print(next(it)); it = iter(range(10)); list(islice(it, 1, 6, 3)); print(next(it)); it = iter(range(3)); print(list(islice(it, 5)), list(it)); s = islice(count(), 2, None, 5); print([next(s) for _ in range(4)])
class I:
    def __index__(self): return 2
print(list(islice("abcdef", I(), None, I())), list(islice("abc", True)), list(islice([], 3)), next(islice("abc", 1, None)), list(islice(islice(range(100), 10, 50), 5, None, 7)))
