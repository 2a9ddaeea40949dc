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
