# Recursion through every protocol ends in RecursionError.
import sys
sys.setrecursionlimit(400)
class R:
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __eq__(self, o): return self == o
    def __lt__(self, o): return self < o
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __iter__(self): return iter(self)
    def __call__(self): return self()
    def __add__(self, o): return self + o
    def __neg__(self): return -self
    def __getitem__(self, i): return self[i]
    def __setitem__(self, i, v): self[i] = v
    def __contains__(self, x): return x in self
    def __getattr__(self, n): return getattr(self, n)
    def __setattr__(self, n, v): setattr(self, n, v)
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __index__(self): return [1][self]
    def __format__(self, s): return format(self, s)
    def __enter__(self): return self.__enter__()
    def __next__(self): return next(self)
    def __reversed__(self): return reversed(self)
    def __abs__(self): return abs(self)
    def __round__(self): return round(self)
    def __bytes__(self): return bytes(self)
    def __dir__(self): return dir(self)
r = R()
for src in (
    "repr(r)",
    "str(r)",
    "r == r",
    "r < r",
    "hash(r)",
    "len(r)",
    "bool(r)",
    "iter(r)",
    "r()",
    "r + 1",
    "-r",
    "r[0]",
    "1 in r",
    "r.foo",
    "int(r)",
    "float(r)",
    "[1][r]",
):
    try: eval(src); print(src, "returned")
    except RecursionError: print(src, "RecursionError")
for src in (
    "f'{r:x}'",
    "next(r)",
    "reversed(r)",
    "abs(r)",
    "round(r)",
    "bytes(r)",
    "dir(r)",
    "list(r)",
    "not r",
    "[r] == [r, r] or r == 1",
    "{r: 1}",
    "sorted([r, r])",
    "print(r)",
    "'%s' % r",
    "max(r, r)",
    "isinstance(r, r)" if 0 else "len(r)",
):
    try: eval(src); print(src, "returned")
    except RecursionError: print(src, "RecursionError")
for st in ("r[0] = 1", "r.x = 1", "with r: pass"):
    try: exec(st)
    except (RecursionError, TypeError, AttributeError) as e: print(st, type(e).__name__)
print("alive")
