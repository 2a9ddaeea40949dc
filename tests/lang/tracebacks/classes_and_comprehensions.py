# compare: stderr
import traceback
class A:
    def __init__(self, n): self.n = n / 0 if n == 0 else n
    @property
    def p(self): return self.missing
    @staticmethod
    def s(): raise OSError(2, "No such file", "name.txt")
    @classmethod
    def c(cls): return cls.s()
    def __add__(self, o): return o.nope
    def __getitem__(self, i): raise IndexError(i)
    def __enter__(self): return self
    def __exit__(self, *a): raise RuntimeError("exit")
    def gen(self): yield 1; raise ValueError("in generator")
    def __call__(self): return [self[i] for i in range(2)]
    def __str__(self): raise TypeError("no str")
for f in (lambda: A(0), lambda: A(1).p, lambda: A.c(), lambda: A(1) + 2, lambda: A(1)[3], lambda: list(A(1).gen()), lambda: A(1)(), lambda: {x: y for x, y in [(1,)]}, lambda: {1 / x for x in [0]}, lambda: list(1 / x for x in [0]), lambda: sorted([1, "a"]), lambda: list(map(lambda x: x.q, [1])), lambda: str(A(1))):
    try: f()
    except Exception: traceback.print_exc()
def w():
    with A(1) as a:
        raise KeyError("body")
try: w()
except RuntimeError: traceback.print_exc()
class B:
    x = 1
    y = x + "a"
