# Constants of one code object are shared.
def f(): return "a long constant string!", (1, 2, 3), 1.5, 10**20, b"bytes"
a, b = f(), f(); print([x is y for x, y in zip(a, b)])
def g(): x = 1000000; y = 1000000; return x is y
def h(): return ("k", 1) is ("k", 1)
def k(): s = "text with spaces"; t = "text with spaces"; return s is t
print(g(), k(), f.__code__.co_consts[1:] == f.__code__.co_consts[1:], f()[1] is f()[1])
class A:
    x = "shared name"
    def m(self): return "shared name"
print(A.x == A().m(), [] is not [], {} is not {}, (lambda: [])() is not (lambda: [])())
def l(): return [1, 2]
print(l() is l(), l() == l(), (1, 2) + () == (1, 2), "" is "", b"" == b"", () is tuple(), frozenset() == frozenset(), "a" * 1 is "a" or True)
x = "abc"; y = x[:]; z = str(x); w = f"{x}"; v = "".join([x]); print(y is x, z is x, v is x, x * 1 is x, x + "" == x, x.strip() is x, x.lower() == x, x.replace("q", "r") is x)
t = (1, 2); print(t[:] is t, tuple(t) is t, t * 1 is t, t + () is t, b"ab"[:] is not None, bytes(b"q") == b"q", int(5) is 5 or True, float(n := 1.5) is n, str(s := "s") is s, frozenset(fs := frozenset([1])) is fs)
