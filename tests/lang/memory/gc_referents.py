# get_referents and get_referrers.
import gc; gc.disable()
class A: pass
a = A(); a.x = "attr"; l = [1, a, "s"]; d = {"k": l, "j": 2}; t = (l, d); s = {5, "set"}
def show(o): return sorted(type(r).__name__ for r in gc.get_referents(o))
print(show(l), show(d), show(t), show(s), show(5), show("a"), show(None), show(range(5)), show([[], {}]), show(iter(l)), show(slice(1, 2, None)), show(frozenset([1])), gc.get_referents(), len(gc.get_referents(l, t)), gc.get_referents([1, 2]), gc.get_referents({"a": 1}), gc.get_referents((1, [2])))
def f(x=l): return x
print(l in gc.get_referents(f.__defaults__), a in gc.get_referents(l), any(r is d for r in gc.get_referrers(l)), any(r is t for r in gc.get_referrers(l)), any(r is l for r in gc.get_referrers(a)), gc.get_referrers(), any(r is f.__defaults__ for r in gc.get_referrers(l)), any(r is globals() for r in gc.get_referrers(a)))
o = object(); holders = [[o], (o,), {"k": o}, {o}]; print(sorted(type(r).__name__ for r in gc.get_referrers(o) if r is not globals()))
del holders; print([type(r).__name__ for r in gc.get_referrers(o) if r is not globals()])
class S: __slots__ = ("v",)
x = S(); x.v = l; print(any(r is l for r in gc.get_referents(x)), any(r is x for r in gc.get_referrers(l)))
b = A(); b.ref = x; print(any(r is x or r is b.__dict__ for r in gc.get_referents(b)))
c = (lambda v: lambda: v)(l); print(any(type(r).__name__ == "cell" for r in gc.get_referrers(l)))
