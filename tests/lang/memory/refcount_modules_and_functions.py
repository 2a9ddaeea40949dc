# Functions, code, globals.
import sys
def f(a, b=[1]): return a
base = sys.getrefcount(f)
g = f; h = [f, f]; print(sys.getrefcount(f) - base); del g, h
d = f.__defaults__; print(sys.getrefcount(d[0])); del d
c = f.__code__; n = sys.getrefcount(c); d = f.__code__; print(sys.getrefcount(c) - n)
def deco(fn): return fn
f2 = deco(deco(f)); print(sys.getrefcount(f) - base); del f2
x = object(); n = sys.getrefcount(x)
def k(v=x): pass
def kw(*, v=x): pass
print(sys.getrefcount(x) - n); del k, kw; print(sys.getrefcount(x) - n)
lam = [lambda: x for _ in range(3)]; print(sys.getrefcount(x) - n)
import math; n = sys.getrefcount(math); import math as m2; print(sys.getrefcount(math) - n)
