# Proxies forward operations and die with their object.
import weakref
class N:
    def __init__(self, v): self.v = v
    def __add__(self, o): return self.v + (o.v if isinstance(o, N) else o)
    def __radd__(self, o): return ("radd", o)
    def __eq__(self, o): return "eq"
    def __lt__(self, o): return "lt"
    def __getitem__(self, i): return i
    def __setitem__(self, i, x): self.v = (i, x)
    def __len__(self): return 3
    def __iter__(self): return iter("abc")
    def __call__(self, *a): return a
    def __contains__(self, x): return x == 1
    def __bool__(self): return False
    def __neg__(self): return "neg"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 2
    def __repr__(self): return "N!"
    def __hash__(self): return 5
    def __enter__(self): return "entered"
    def __exit__(self, *a): pass
    def __iadd__(self, o): self.v += o; return self
    def __matmul__(self, o): return "mm"
    def __abs__(self): return "abs"
    def __bytes__(self): return b"bytes"
    def __reversed__(self): return iter("cba")
    def __next__(self): return "next"
n = N(5)
p = weakref.proxy(n)
for e in (
    "p + 1",
    "1 + p",
    "p + p",
    "p == 1",
    "p < 1",
    "p['k']",
    "len(p)",
    "list(p)",
    "p(1, 2)",
    "1 in p",
    "bool(p)",
    "-p",
    "int(p)",
    "float(p)",
    "[1, 2, 3][p]",
    "str(p)",
    "p.v",
    "isinstance(p, N)",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
for e in (
    "type(p).__name__",
    "p.__class__.__name__",
    "p @ 1",
    "abs(p)",
    "repr(p)[:14]",
    "f'{p}'",
    "'%s' % p",
    "hash(p)",
    "{p: 1}",
    "p is n",
    "callable(p)",
    "dir(p) == dir(n)",
    "vars(p)",
    "p.nope",
    "len(sorted([p]))",
    "next(p)",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
p["a"] = 1
print(n.v)
p.w = 9
print(n.w)
del p.w
print(hasattr(n, "w"))
n.v = 1
p += 5
print(type(p).__name__, n.v)
p = weakref.proxy(n)
del n
for e in ("p + 1", "p.v", "len(p)", "str(p)", "p == 1", "bool(p)", "p()", "list(p)", "repr(p)[:12]", "isinstance(p, N)"):
    try: print(e, "=", eval(e))
    except ReferenceError as x: print(e, "->", x)
