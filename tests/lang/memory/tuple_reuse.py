# Tuples that come back as themselves.
t = (1, [2]); print(tuple(t) is t, t[:] is t, t + () == t, () + t == t, t * 1 == t, (*t,) is t, (*t,) == t, tuple(list(t)) is t, copy_ := __import__("copy").copy(t) is t)
def f(*a): return a
print(f(*t) == t, f() is (), f() is f(), f(1) is f(1)); class_ = type("T", (tuple,), {}); u = class_(t); print(tuple(u) is u, u[:] is u, type(u[:]).__name__, type(u + ()).__name__, u == t)
d = {t[0]: t}; print(d[1] is t, [t, t][0] is [t][0], (t,)[0] is t, (lambda: t)() is t, max(t, key=str) is not None, sorted([t])[0] is t, next(iter([t])) is t, {"k": t}.get("k") is t, (t if 1 else ()) is t, (t or 0) is t, (t and 5)); a, b = t, t; print(a is b); a += (3,); print(a is b, b is t, len(t))
