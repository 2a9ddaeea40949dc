# Closures see one variable, not a value.
import sys
fs = [lambda: i for i in range(3)]; print([f() for f in fs], len({id(f.__closure__[0]) if f.__closure__ else 0 for f in fs}))
def make():
    n = [0]; m = 0
    def inc(): nonlocal m; m += 1; n[0] += 1; return m
    def get(): return m, n[0]
    return inc, get
inc, get = make(); inc(); inc(); print(get(), inc.__closure__[0] == get.__closure__[0], sorted(inc.__code__.co_freevars), inc.__closure__[0].cell_contents)
inc2, get2 = make(); inc2(); print(get(), get2()); x = object(); base = sys.getrefcount(x)
def hold(v): return [lambda: v for _ in range(5)]
h = hold(x); print(sys.getrefcount(x) - base); del h; print(sys.getrefcount(x) - base)
def nested(v):
    def a():
        def b():
            def c(): return v
            return c
        return b
    return a()()
c = nested(x); print(c() is x, sys.getrefcount(x) - base); del c; print(sys.getrefcount(x) - base)
