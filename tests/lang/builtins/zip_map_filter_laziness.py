# How lazily and how far the iterator built-ins read.
class It:
    def __init__(self, n, name): self.i, self.n, self.name = 0, n, name
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: print(f"{self.name} ends"); raise StopIteration
        self.i += 1; print(f"{self.name}{self.i}", end=" "); return self.i
z = zip(It(2, "a"), It(3, "b")); print("made"); print(list(z))
z = zip(It(3, "a"), It(2, "b")); print(list(z))
try: list(zip(It(1, "a"), It(2, "b"), strict=True))
except ValueError as e: print(e)
try: list(zip(It(2, "a"), It(1, "b"), strict=True))
except ValueError as e: print(e)
m = map(lambda x, y: x * y, It(2, "a"), It(1, "b")); print(list(m)); f = filter(lambda x: x % 2, It(3, "a")); print(next(f), list(f)); e = enumerate(It(2, "a"), 5); print(next(e), next(e), next(e, "end"))
a = It(5, "a"); print(any(x == 2 for x in a), a.i); a = It(5, "a"); print(all(x < 2 for x in a), a.i); a = It(5, "a"); print(3 in a, a.i); a = It(2, "a"); print(sum(a), max(It(2, "b")), tuple(It(1, "c"))); a = It(4, "a"); x, y, *r = a; print(x, y, r)
a = It(3, "a")
try: x, y = a
except ValueError as e: print(e, a.i)
a = It(3, "a"); print(list(zip(a, a)), a.i); a = It(2, "a"); print([*a, *a]); a = It(2, "a"); print(dict(zip("xyz", a))); print(next(map(str, It(9, "q"))), next(filter(None, It(9, "q"))), next(zip(It(9, "q"))), min(It(2, "m"), default=0), sorted(It(2, "s"), reverse=True), set(It(1, "t")), list(reversed(list(It(2, "r")))), "".join(map(str, It(2, "j"))))
