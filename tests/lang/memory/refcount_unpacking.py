# Unpacking, right and wrong.
import sys
x = object(); base = sys.getrefcount(x)
a, b = x, x; print(sys.getrefcount(x) - base); del a, b
a, *b, c = [x] * 5; print(sys.getrefcount(x) - base); del a, b, c
for bad in ((x,), (x, x, x), [x] * 9):
    try: a, b = bad
    except ValueError: pass
try: a, (b, c) = x, x
except TypeError: pass
del bad
a = None
print(sys.getrefcount(x) - base)
(a, b), c = (x, x), x; print(sys.getrefcount(x) - base); del a, b, c
d = {}; d["p"], d["q"] = x, x; print(sys.getrefcount(x) - base); d.clear(); print(sys.getrefcount(x) - base)
