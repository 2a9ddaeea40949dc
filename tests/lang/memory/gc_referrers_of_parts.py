# Who refers to an object: containers, instances, closures.
import gc; gc.disable()
o = object()
def names(): return sorted({type(r).__name__ for r in gc.get_referrers(o) if r is not globals()})
print(names()); l = [o]; print(names()); d = {"k": o}; t = (o,); s = {o}; print(names())
class A: pass
a = A(); a.o = o; print(len(names()) >= 4); f = lambda: o_; o_ = o; g = (lambda v: lambda: v)(o); print("cell" in names()); it = iter([o]); print(names()); del l, d, t, s, a, g, it, o_; print(names())
import types; m = types.SimpleNamespace(o=o); print(len(names()) >= 1); p = __import__("functools").partial(print, o); print("tuple" in names() or "partial" in names()); print(any(r is globals() for r in gc.get_referrers(o)))
