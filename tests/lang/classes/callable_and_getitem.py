# __call__, __getitem__ with tuples and slices, __class_getitem__.
class F:
    def __init__(self, n): self.n = n
    def __call__(self, *a, **k): return self.n, a, k
    def __getitem__(self, k): return k
    def __class_getitem__(cls, k): return f"{cls.__name__}<{k}>"
f = F(1)
print(f(), f(1, x=2), f[1], f[1, 2], f[1:2], f[::2], f[1:2, 3], f[...], f[()], f[(1,)], f[None], f[-1:], f["a":"b"], F[int], F[1, 2], callable(f))
class Matrix:
    def __init__(self, rows): self.rows = rows
    def __getitem__(self, ij):
        i, j = ij
        return self.rows[i][j] if not isinstance(i, slice) else [r[j] for r in self.rows[i]]
    def __setitem__(self, ij, v): i, j = ij; self.rows[i][j] = v
    def __delitem__(self, i): del self.rows[i]
m = Matrix([[1, 2], [3, 4]]); m[0, 1] = 9; print(m[0, 1], m[:, 0]); del m[0]; print(m.rows)
class Sum:
    def __init__(self, v=0): self.v = v
    def __call__(self, x): return Sum(self.v + x)
print(Sum()(1)(2)(3).v)
class Rec:
    def __call__(self, n): return 1 if n == 0 else n * self(n - 1)
print(Rec()(10)); print(list(map(F("m"), [1, 2])), sorted([3, 1], key=lambda x, f=F(0): f(x)[1]))
