# iter, next, enumerate, zip, map, filter, reversed, all, any, sorted.
vals = iter([1, 2, 3, 0, 5])
c = iter(lambda: 1, 1)
for s in (
    "reversed({1})",
    "reversed(iter([]))",
    "all()",
    "all(5)",
    "any(None)",
    "sorted()",
    "sorted(5)",
    "sorted([1], 2)",
    "all([1], [2])",
    "sorted([1], key=1)",
    "zip.__new__(list)",
    "reversed(x=1)",
    "list(map(lambda: 1, [1]))",
):
    try: print(s, "=", eval(s))
    except BaseException as e: print(s, "->", type(e).__name__, e)
def log(x): print("log", x); return x
m = map(log, [1, 2])
print("lazy")
print(next(m), list(m))
f = filter(log, [0, 1])
print(next(f))
z = zip(map(log, "ab"), map(log, "x"))
print(list(z))
print(any(log(x) for x in [0, 1, 2]), all(log(x) for x in [1, 0, 2]))
it = iter("abcd")
print(list(zip(it, it)), list(it))
it = iter(range(5))
print([a for a in it if a < 2], list(it))
z = zip(a := iter([1, 2, 3]), iter([1]))
print(list(z), list(a))
e = enumerate("xy")
print(next(e), list(e), next(e, None), iter(e) is e)
print(type(enumerate([])), type(zip()), type(map(str, [])), type(filter(None, [])), type(reversed([])), type(reversed("a")), repr(zip()).split(" at ")[0], isinstance(map(str, []), map), callable(zip), list(map(list, zip(*[[1, 2], [3, 4]]))), dict(zip("ab", [1, 2])), list(map(print, [])), [*map(chr, [97])], max(map(len, ["a", "bb"])), sum(map(int, "123")))
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * i
class Rv:
    def __reversed__(self): return "not an iterator"
print(list(reversed(S())), reversed(Rv()), list(zip(S().__class__.__name__)), list(enumerate(reversed("ab"))))
class Er:
    def __iter__(self): return self
    def __next__(self): raise ValueError("next failed")
for fn in (list, tuple, set, sum, sorted, any, lambda x: next(map(str, x)), lambda x: next(zip(x)), lambda x: [*x], lambda x: dict(x), "".join, max, lambda x: next(filter(None, x)), enumerate, lambda x: 1 in x):
    try: print(type(fn(Er())).__name__)
    except ValueError as e: print(e)
