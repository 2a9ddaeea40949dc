# References held by functions end with the functions.
import sys
x = object(); base = sys.getrefcount(x)
def mk(v):
    def f(a=v, *, b=v): return v
    f.attr = v
    f.__annotations__["z"] = v
    return f
f = mk(x); print(sys.getrefcount(x) - base)
f.attr = None; print(sys.getrefcount(x) - base)
f.__defaults__ = None; print(sys.getrefcount(x) - base)
f.__kwdefaults__ = None; print(sys.getrefcount(x) - base)
f.__annotations__.clear(); print(sys.getrefcount(x) - base)
f.__closure__[0].cell_contents = None; print(sys.getrefcount(x) - base)
