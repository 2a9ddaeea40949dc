# Star expressions wherever they are allowed.
a = [1, 2]; b = (3, 4); d = {"x": 1}; e = {"y": 2, "x": 9}
print([*a, *b], (*a, 0, *b), {*a, *b, 1}, {**d, "z": 3, **e}, [*"abc", *range(2), *d])
t = *a, *b
print(t)
u = *a,
print(u)
def f(*args, **kwargs): return args, sorted(kwargs.items())
print(f(*a, *b, 5, **d, **{"q": 1}), f(*(), **{}), f(0, *a, k=1, *b))
for x in *a, *b: print(x, end=" ")
print()
def g(): return *a, 7
print(g())
def h(): yield *b, 8
print(next(h()))
m = {(1, 2): "tuple key"}
print(m[*[1], 2])
class K:
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): print("set", i, v)
print(K()[*a], K()[*a, 1:2], K()[0, *b])
K()[*a] = 1
print(*a, *b, sep="-")
first, *_ = *a, *b
print(first, _)
for h, *t in [(1, 2, 3), [4]]: print(h, t)
for bad in ("f(*5)", "f(**5)", "f(*a, **{1: 2})", "f(**d, **d)", "[*5]", "{**a}", "{*5}", "f(x=1, **d)", "print(*None)"):
    try:
        eval(bad)
    except TypeError as err:
        print(bad, "->", err)
print([*(x * x for x in a)], {*[]}, [*{}])
