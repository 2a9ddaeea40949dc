# Millions of short-lived objects leave nothing behind.
import gc, sys
gc.collect()
class P:
    def __init__(self, x): self.x = x
class S:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x
def churn(n):
    t = 0
    for i in range(n):
        a = [i, i + 1]; b = (i, a); c = {i: b}; d = P(c); e = S(d); f = f"{i}"; g = {i}; h = float(i); k = i * 10**10
        t += len(f) + e.x.x[i][1][0] + len(g) - int(h) + k // 10**10
    return t
print(churn(20000))
before = len(gc.get_objects()); churn(2000); gc.collect(); print(abs(len(gc.get_objects()) - before) < 20)
x = [[j for j in range(i)] for i in range(300)]; print(sum(map(sum, x))); x = None
s = ""
for i in range(20000): s += "ab"
print(len(s)); b = bytearray()
for i in range(20000): b += b"xy"
print(len(b)); d = {}
for i in range(50000): d[i % 1000] = [i]
print(len(d), d[999]); q = []
for i in range(50000):
    q.append(i)
    if len(q) > 100: q.pop(0)
print(len(q), q[0])
for size in (1, 8, 64, 500, 512, 513, 5000, 100000): y = [bytes(size) for _ in range(50)]; print(sum(map(len, y)), end=" ")
print()
