# Iterators, generators and comprehensions hold what they need.
import sys
x = [1, 2, 3]
base = sys.getrefcount(x)
it = iter(x); print(sys.getrefcount(x) - base)
list(it); print(sys.getrefcount(x) - base)
def gen(a):
    yield 1
    yield 2
g = gen(x); print(sys.getrefcount(x) - base); next(g); print(sys.getrefcount(x) - base); list(g); print(sys.getrefcount(x) - base)
g = gen(x); next(g); del g; print(sys.getrefcount(x) - base)
e = (i for i in x); print(sys.getrefcount(x) - base); del e; print(sys.getrefcount(x) - base)
m = map(str, x); z = zip(x, x); en = enumerate(x); print(sys.getrefcount(x) - base); del m, z, en; print(sys.getrefcount(x) - base)
for i in x: pass
print(sys.getrefcount(x) - base)
y = [x for _ in range(3)]; print(sys.getrefcount(x) - base); del y
r = reversed(x); print(sys.getrefcount(x) - base); del r
import functools; p = functools.partial(len, x); print(sys.getrefcount(x) - base); del p; print(sys.getrefcount(x) - base)
