# abs, divmod, pow, round, sum, min, max.
from functools import partial
for c in (
    "min(1, 2, default=3)",
    "min([1], foo=2)",
    "max(None)",
    "max([], default=1, key=5)",
    "max((x for x in []))",
    "min(1, 2, key=None)",
    "max({})",
    "round(number=1.5)",
    "round(1.25, ndigits=1)",
    "pow(base=2, exp=3, mod=5)",
    "sum(iterable=[1])",
    "abs(x=1)",
    "max(1, key=len)",
):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
class R:
    def __round__(self, n="none"): return f"round {n}"
    def __abs__(self): return "abs"
    def __divmod__(self, o): return "dm"
    def __radd__(self, o): return f"radd {o}"
    def __pow__(self, e, m=None): return f"pow {e} {m}"
    def __lt__(self, o): return True
    def __gt__(self, o): return False
r = R()
print(round(r), round(r, 2), round(r, None), abs(r), divmod(r, 1), sum([r]), pow(r, 2), pow(r, 2, 3), min(1, r) is r, max([r, r]) is r)
print([round(x, n) for x in (0.5, 1.5, 2.675, -1.5, 1e20, 123.456) for n in (0, 1, 2, -1)], [round(x) for x in (0.49999999999999994, 1e300, -0.0)], round(5, -1), round(15, -1), round(-5, -1), round(10**30 + 5, -1), round(123, 5), type(round(1.0)), type(round(1.0, 0)))
