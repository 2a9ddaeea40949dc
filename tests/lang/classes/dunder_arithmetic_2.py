# Operators: normal, reflected, in place, NotImplemented.
class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V{self.n}"
ops = "add sub mul truediv floordiv mod pow lshift rshift and or xor matmul".split()
for op in ops:
    exec(f"def f(self, o): return '{op}', self, o")
    setattr(V, f"__{op}__", f)
    exec(f"def r(self, o): return 'r{op}', self, o")
    setattr(V, f"__r{op}__", r)
a, b = V(1), V(2)
a += 5
class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __round__(self, n=None): return "round", n
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __divmod__(self, o): return "divmod", o
    def __rdivmod__(self, o): return "rdivmod", o
    def __pow__(self, o, m=None): return "pow", o, m
    def __iadd__(self, o): return "iadd", o
    def __imatmul__(self, o): return "imatmul", o
import math
u = U()
x = u
x += 1
x = u
x @= 1
class P: pass
class NI:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
for expr in (
    "round(P())",
    "P() << 1",
    "P() | P()",
    "2 & P()",
    "math.floor(P())",
    "'a' + 1",
    "1 + 'a'",
    "[] + ()",
    "[1] * 'a'",
    "None + 1",
    "{} - {1}",
    "1 / 'a'",
    "'%d' % P()",
    "1 - None",
    "b'a' + 'a'",
    "'a' * 1.5",
    "[] < 1",
    "1j < 2",
):
    try:
        print(expr, "=", eval(expr))
    except TypeError as e:
        print(expr, "->", e)
for stmt in ("x = P(); x += 1", "x = NI(); x += 1", "x = 1; x -= 'a'", "x = []; x += 1", "x = (); x += []", "x = P(); x @= 1", "x = P(); x **= 1", "x = 'a'; x -= 'b'"):
    try:
        exec(stmt)
    except TypeError as e:
        print(stmt, "->", e)
