# A collection changes no counts of living objects.
import sys, gc
a = [object() for _ in range(5)]; d = {"k": a}; t = (a, d)
before = [sys.getrefcount(o) for o in (*a, a, d, t)]
for g in (0, 1, 2, 2): gc.collect(g)
print([sys.getrefcount(o) for o in (*a, a, d, t)] == before)
class N: pass
n = N(); n.me = n; c = sys.getrefcount(n); gc.collect(); print(sys.getrefcount(n) == c)
