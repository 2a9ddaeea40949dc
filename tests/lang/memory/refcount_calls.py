# Arguments, locals and return values.
import sys
x = object()
base = sys.getrefcount(x)
def f(a): return sys.getrefcount(a) - base
print(f(x))
def g(a, b): return sys.getrefcount(a) - base
print(g(x, x))
def h(*a): return sys.getrefcount(a[0]) - base
print(h(x), h(x, x))
def k(**kw): return sys.getrefcount(kw["x"]) - base
print(k(x=x))
def loc(a):
    b = a
    return sys.getrefcount(a) - base
print(loc(x), sys.getrefcount(x) - base)
def ret(a): return a
y = ret(x); print(sys.getrefcount(x) - base); del y
def dflt(a=x): return sys.getrefcount(a) - base
print(dflt(), sys.getrefcount(x) - base); del dflt; print(sys.getrefcount(x) - base)
def clo():
    def inner(): return x2
    x2 = x
    return inner
c = clo(); print(sys.getrefcount(x) - base); del c; print(sys.getrefcount(x) - base)
