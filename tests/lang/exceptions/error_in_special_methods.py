# Errors inside special methods come through operators and built-ins.
class B:
    def __init__(self, m): self.m = m
    def __add__(self, o): raise ValueError("add")
    def __getattr__(self, n): raise KeyError(n)
    def __len__(self): raise RuntimeError("len")
    def __iter__(self): raise TypeError("my iter")
    def __eq__(self, o): raise OSError("eq")
    def __hash__(self): raise LookupError("hash")
    def __bool__(self): raise ArithmeticError("bool")
    def __call__(self): raise StopIteration("call")
    def __enter__(self): raise IndexError("enter")
    def __exit__(self, *a): pass
    def __contains__(self, x): raise NameError("contains")
    def __index__(self): raise AssertionError("index")
    def __str__(self): raise UnicodeError("str")
    def __del__(self): pass
b = B(1)
for s in (
    "b + 1",
    "b.zz",
    "len(b)",
    "list(b)",
    "b == 1",
    "{b}",
    "if_(b)",
    "bool(b)",
    "not b",
    "b()",
    "1 in b",
    "[1][b]",
    "str(b)",
    "f'{b}'",
    "print(b)",
    "for_",
    "hasattr(b, 'q')",
    "getattr(b, 'q', 0)",
    "b < 1",
):
    try: print(s, eval(s))
    except BaseException as e: print(s, "->", type(e).__name__, e)
for s in (
    "sorted([b, b])",
    "sum([b])",
    "[b] == [1]",
    "any([b])",
    "1 if b else 2",
    "b and 1",
    "range(b)",
    "b.m",
    "max([b])",
    "next(iter(b))",
    "[*b]",
    "dict(b)",
    "b[0]",
    "-b",
    "b in [1]",
    "tuple(b)",
    "'%s' % b",
    "all(x for x in b)",
):
    try: print(s, eval(s))
    except BaseException as e: print(s, "->", type(e).__name__, e)
for s in ("with b: pass", "x, y = b", "for x in b: pass", "assert b", "while b: pass", "del b.q", "b.q += 1", "b += 1"):
    try: exec(s); print(s, "ok")
    except BaseException as e: print(s, "->", type(e).__name__, e)
def g():
    yield b()
try: list(g())
except RuntimeError as e: print(e)
