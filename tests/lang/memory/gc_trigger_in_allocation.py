# Collections that happen while containers are being built.
import gc
gc.set_threshold(1)
class D:
    n = 0
    def __init__(self): self.me = self
    def __del__(self): D.n += 1
def build(n): return [[D(), (i, {i: D()})] for i in range(n)]
x = build(50); print(len(x), x[10][1][0], type(x[49][1][1][49]).__name__)
del x; gc.collect(); print(D.n)
t = tuple([i] for i in range(100)); print(sum(v[0] for v in t)); d = {i: [i] for i in range(100)}; print(sum(v[0] for v in d.values())); s = {(i, (i,)) for i in range(100)}; print(len(s))
def f(*a, **k): return len(a), len(k)
print(f(*[[i] for i in range(50)], **{f"k{i}": [i] for i in range(50)}), sorted([[i] for i in range(20, 0, -1)])[0], [*map(list, zip("ab", "cd"))], "".join(c for c in ["a", "b"]), {**{"a": []}, "b": {}})
class C:
    def __init__(self): self.a, self.b = [], {}
objs = [C() for _ in range(200)]; print(len({id(o.a) for o in objs})); gc.set_threshold(700); print(gc.get_threshold()[0])
