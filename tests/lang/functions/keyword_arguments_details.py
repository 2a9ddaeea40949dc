# Keyword arguments: order, names that are no identifiers, duplicates.
def f(**k): return k
def g(a, b=2, *c, d, e=5, **k): return (a, b, c, d, e, k)
print(f(b=1, a=2), list(f(z=1, y=2, x=3)), f(**{"not an identifier": 1, "": 2, "class": 3, "é": 4}), f(a=1, **{"b": 2}, c=3, **{"d": 4}), g(1, d=4), g(1, 2, 3, d=4, z=6), g(d=1, a=2), g(*[1, 2, 3], **{"d": 4, "e": 6}, q=7), g(b=1, a=0, d=2))
for s in ("f(1)", "f(a=1, **{'a': 2})", "f(**{'a': 1}, **{'a': 2})", "f(**{1: 2})", "f(**5)", "f(**None)", "g()", "g(1)", "g(d=1)", "g(1, 2, 3, 4)", "g(1, a=2, d=3)", "g(1, d=1, **{'d': 2})", "g(**{'a': 1, 'd': 2}, a=3)", "f(self=1)", "f(**{'self': 1, 'k': 2})", "g(1, d=2, k=3)", "f(f=1)"):
    try: print(s, "=", eval(s))
    except TypeError as e: print(s, "->", e)
d = {"x": 1}; r = f(**d); r["y"] = 2; print(d, f(**d) is d)
class M:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(f(**M()), g(1, **{"d": 2, **M()}), f(**M(), r=1))
def order(*, first, second): return first, second
print(order(second=2, first=1)); log = []
def v(x): log.append(x); return x
f(a=v(1), **{"b": v(2)}, c=v(3)); print(log); h = lambda *, k=[]: k.append(1) or len(k); print(h(), h(), h(k=[]))
def names(*, a, b, c, d): pass
for s in ("names()", "names(a=1)", "names(a=1, b=2)", "names(a=1, b=2, c=3)", "names(a=1, b=2, c=3, d=4, e=5)", "names(1, 2)", "names(1, a=1, b=2, c=3, d=4)", "names(a=1, b=2, c=3, d=4, e=5, f=6)"):
    try: print(s, eval(s))
    except TypeError as e: print(s, "->", e)
def pos(a, b, c=0, /, **k): return a, b, c, k
print(pos(1, 2, a=3, b=4, c=5), pos(1, 2, 3)); kw = dict(sep="-", end="!\n"); print("a", "b", **kw); print(*"xy", **{**kw, "sep": "+"})
