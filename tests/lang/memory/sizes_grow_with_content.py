# getsizeof follows what an object holds itself.
import sys
g = sys.getsizeof
print([g([None] * n) - g([]) for n in (1, 2, 10)], [g((None,) * n) - g(()) for n in (1, 2, 10)], [g("a" * n) - g("") for n in (1, 2, 10)], [g(b"a" * n) - g(b"") for n in (1, 2, 10)], g("é" * 1001) - g("é" * 1), g("中" * 1001) - g("中" * 1), g("🎉" * 1001) - g("🎉" * 1), g([[1] * 100]) == g([[]]), g({1: [1] * 100}) == g({1: 1}), g(2**1000) > g(2**500) > g(2**100), g(range(10)) == g(range(10**9)), g(slice(1)) == g(slice(1, 2, 3)))
class A: pass
class S: __slots__ = ("a", "b")
a = A(); n = g(a); a.x = 1; print(g(a) >= n - 64, g(S()) < 200, g(A) > 100, g(lambda: 0) > 30, g(len) > 20, g(type) > 100)
