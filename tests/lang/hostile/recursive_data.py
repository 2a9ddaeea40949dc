# Data that contains itself, and very nested data.
l = []; l.append(l); d = {}; d["d"] = d; t = ([],); t[0].append(t); s = [set()]; o = type("O", (), {})(); o.o = o
print(l, d, t, repr(l) == "[[...]]", str(d), f"{t}", "%s" % l)
for src in ("l == [l]", "l == l", "d == {'d': d}", "t == ([t],)", "hash(t)", "l < [l]", "sorted([l, [l]])", "l in [[l]]", "[l].index([l])", "l != [l]", "tuple(l) == (l,)"):
    try: print(src, eval(src))
    except (RecursionError, TypeError) as e: print(src, "->", type(e).__name__)
import copy; print(copy.deepcopy(l)[0] is not l, copy.deepcopy(d)["d"] is not d)
x = []
for _ in range(100000): x = [x]
for f in (repr, str, lambda v: v == [v], lambda v: copy.deepcopy(v), hash, lambda v: f"{v}", lambda v: print(v) if 0 else "%s" % v):
    try: f(x); print("ok")
    except (RecursionError, TypeError) as e: print(type(e).__name__)
y = ()
for _ in range(100000): y = (y,)
for f in (repr, hash, lambda v: v == (v,), lambda v: v < (v,)):
    try: f(y); print("ok")
    except RecursionError as e: print(type(e).__name__)
z = {}
for _ in range(100000): z = {"k": z}
for f in (repr, lambda v: v == {"k": v}):
    try: f(z); print("ok")
    except RecursionError as e: print(type(e).__name__)
del x, y, z; print("freed")
