# Starred values in returns, yields, subscripts and loops.
def r(): return 1, *[2, 3]
def y(): yield 1, *[2]; yield *[3],
print(r(), list(y()))
x = *[1], *"ab"; print(x)
for i in *[1, 2], 3: print(i, end=" ")
d = {}; d[1, *[2, 3]] = "k"; print(d)
class S:
    def __getitem__(self, k): return k
s = S(); print(s[*[1]], s[*[1], 2], s[1, *(), 2], s[*range(3), ::2] if 0 else s[*range(3)])
print([*[], *()], {*[]}, (*[],), [*"a", *b"b"], {**{}, **{"a": 1}})
a, *b = *[1, 2], 3; print(a, b)
t = (*(*[1], 2), 3); print(t)
print(*[1, 2], *"xy", sep=",")
l = [0, 0]; l[0], *l[1:] = 1, 2, 3; print(l)
lam = lambda *a: [*a, *a]; print(lam(1, 2))
print(max(*[1, 5], *[3]), "{}-{}-{}".format(*"ab", "c"), (lambda a, b, *c: c)(*range(5)))
