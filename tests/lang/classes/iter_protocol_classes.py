# Classes that iterate in several ways.
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return iter(range(self.n))
class Gen:
    def __iter__(self):
        yield 1
        yield from "ab"
class Self:
    def __init__(self): self.i = 3
    def __iter__(self): return self
    def __next__(self):
        if self.i == 0: raise StopIteration
        self.i -= 1
        return self.i
class Old:
    def __getitem__(self, i): return [10, 20, 30][i]
print(list(Count(3)), list(Count(3)), list(Gen()), [*Old()], 20 in Old(), 99 in Old())
s = Self(); print(list(s), list(s))
a, b, c = Old(); print(a, b, c, dict(zip("xyz", Old())), sum(Count(5)), max(Gen().__iter__().__next__(), 0), sorted(Old(), reverse=True), tuple(Self()), set(Count(2)), ",".join(map(str, Old())), list(enumerate(Gen())), list(reversed(list(Gen()))))
it = iter(Old()); print(next(it), list(it), next(it, "end"), type(it).__name__)
class Two:
    def __iter__(self): return iter([1, 2, 3])
    def __contains__(self, x): return x == "special"
print("special" in Two(), 1 in Two(), list(Two()))
class Inf:
    def __iter__(self): return self
    def __next__(self): return 1
print([x for x, _ in zip(Inf(), range(3))], next(Inf()), any(Inf()))
