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
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, sep="\n")
print(a << b, a >> b, a & b, a | b, a ^ b, a @ b, sep="\n")
print(1 + a, 1 - a, "x" * a, 2 / a, 2 // a, 2 ** a, [1] @ a, 1 << a, None & a, {} | a, 3.5 ^ a, sep="\n")
print(divmod.__name__)
a += 5
print(a)
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
print(-u, +u, ~u, abs(u), round(u), round(u, 2), math.trunc(u), math.floor(u), math.ceil(u), divmod(u, 3), divmod(3, u), pow(u, 2, 5), u ** 4)
x = u
x += 1
print(x)
x = u
x @= 1
print(x)
class P: pass
class NI:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
for expr in (
    "P() + P()",
    "P() - 1",
    "1 * P()",
    "P() ** 2",
    "pow(P(), 2, 3)",
    "-P()",
    "+P()",
    "~P()",
    "abs(P())",
    "P() @ 1",
    "P() // 2",
    "divmod(P(), 1)",
    "NI() + 1",
    "1 + NI()",
    "NI() < 1",
    "NI() > NI()",
    "P() < P()",
    "P() <= 1",
):
    try:
        print(expr, "=", eval(expr))
    except TypeError as e:
        print(expr, "->", e)
