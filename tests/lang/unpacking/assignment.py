# Unpacking in all targets.
a, b = 1, 2; [c, d] = "xy"; (e, (f, g)) = 1, (2, 3); h, = [9]; print(a, b, c, d, e, f, g, h)
a, *b = [1, 2, 3]; *c, d = "abc"; e, *f, g = (1, 2); h, (i, *j), *k = 1, "abc", 4, 5; print(a, b, c, d, e, f, g, h, i, j, k)
*a, = range(3); [*b] = {1: 2}; *c, d = [7]; print(a, b, c, d)
a = b = c, d = (1, 2); print(a, b, c, d)
x = [0, 1, 2]; i = 0; i, x[i] = 1, 9; print(i, x); x[0], x[1], *x[2:] = "abcd"; print(x); (x[0], y), z = (1, 2), 3; print(x, y, z)
class O: pass
o = O(); o.a, o.b, *o.c = range(5); print(vars(o)); d = {}; d["p"], (d["q"], *d["r"]) = 1, (2, 3, 4); print(d)
a, b = b, a = 1, 2; print(a, b)
for st in ("a, b = 1,", "a, b = 1, 2, 3", "a, = ()", "a, b = 5", "a, *b, c = [1]", "[] = [1]", "a, (b, c) = 1, 2", "(a, b), c = 'xyz', 1", "a, b = None", "a, b = {1}", "a, b = iter([1, 2, 3])", "a, b, *c = [1]", "*a, b = []", "a, b = 'abc'", "a, b = lambda: 0", "x, y = (i for i in range(5))"):
    try: exec(st); print(st, "ok")
    except Exception as e: print(st, "->", type(e).__name__, e)
def g(n):
    for i in range(n): print("yield", i); yield i
a, b = g(2); print(a, b)
try: a, b = g(4)
except ValueError as e: print(e)
class It:
    def __iter__(self): return iter("pq")
class Seq:
    def __getitem__(self, i):
        if i > 1: raise IndexError
        return i * 10
class Bad:
    def __iter__(self): raise KeyError("iter fails")
a, b = It(); c, d = Seq(); print(a, b, c, d)
try: a, b = Bad()
except KeyError as e: print(repr(e))
for a, (b, *c), d in [(1, "xyz", 2), (3, [4], 5)]: print(a, b, c, d)
for i, (k, v) in enumerate({"a": 1}.items()): print(i, k, v)
print([a + b for a, b in zip("ab", "cd")], [x for x, *_ in ["abc", "de"]], {k: v for k, v in ["ab", "cd"]}, max((b, a) for a, b in [(1, 2), (3, 0)]), [(lambda a, b: a * b)(*p) for p in [(1, 2), (3, 4)]])
with open_() if 0 else type("C", (), {"__enter__": lambda s: (1, [2, 3]), "__exit__": lambda *a: None})() as (p, [q, r]): print(p, q, r)
first, *_, last = "abcdef"; print(first, last, _); (a) = 1; (a,) = (2,); print(a); a, b = b, a = [1, 2]; print(a, b); head, *tail = {"only": 1}; print(head, tail)
def swap(l, i, j): l[i], l[j] = l[j], l[i]; return l
print(swap([1, 2, 3], 0, 2), (lambda *a: a)(*"ab", *range(2)), [*range(2), *"xy"], (*{1: 2},), {**{"a": 1}})
