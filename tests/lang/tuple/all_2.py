# Tuples.
t = (1, "a", None)
for st in (
    "t < 1",
    "t < (1, 2)",
    "hash(([],))",
    "a, b = t",
    "a, b, c, d = t",
    "t.x = 1",
    "t += [1]",
    "t.index()",
    "t - t",
    "-t",
    "t()",
    "t[1, 2]",
    "t[::0]",
    "t[None]",
    "t * 10**20",
    "() * 10**20",
):
    try: print(st, "=", eval(st))
    except SyntaxError:
        try: exec(st); print(st, "ok")
        except Exception as e: print(st, "->", type(e).__name__, e)
    except Exception as e: print(st, "->", type(e).__name__, e)
s = t
t += (9,)
print(s, t, s is t, tuple(t) is t, t[:] is t, t * 1 is t or t * 1 == t, () is () or () == (), (lambda: (1, 2))() is (lambda: (1, 2))() or "separate")
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __repr__(self): return "T" + super().__repr__()
    def __add__(self, o): return T(*super().__add__(o))
x = T(1, 2)
print(x, x + (3,), type(x + (3,)), type(x[:]), type(x * 1), x == (1, 2), hash(x) == hash((1, 2)), x[0], list(x), tuple(x), type(tuple(x)), isinstance(x, tuple), {x: 1}[(1, 2)], T(*"ab"), x.__getnewargs__())
x.attr = 1
print(vars(x))
a = ([],)
a[0].append(1)
print(a)
r = []
rt = (r,)
r.append(rt)
print(rt)
print(sorted([(2, "a"), (1, "b"), (1, "a")]), max((1, 2), (1, 3)), min([(1,), ()]), sum(((1,), (2,)), ()), (1, 2, 3)[::2], tuple(reversed((1, 2))), list(enumerate(("a",))), dict([(1, 2)]), *(1, 2), (*"ab", *(1,)), [*(3,)], ((((1,),),),))
print((1, 2).__add__((3,)), (1,).__mul__(2), (1, 2).__contains__(2), (1,).__eq__([1]), (1,).__lt__((2,)), (5,).__len__(), (1, 2).__hash__() == hash((1, 2)), (1,).__getitem__(0), tuple.__iter__((1,)).__next__(), sorted(m for m in dir(tuple) if not m.startswith("_")))
print((n := float("nan"),) == (n,), (1,) + () + (2,), (not True,), (1 if 0 else 2,), (lambda: 3,)[0](), "%s %s" % (1, 2), "%s" % ((1, 2),), (1, 2) and 3, () or "empty", bool(()), bool((0,)), tuple({1: 2}), tuple("é中"), repr(("it's", 'q"')), str((1.0, 2j, b"x", None, ..., int)))
big = tuple(range(10000))
print(len(big + big), big[5000], big[-1], sum(big), big.index(9999), big.count(3), big[::2500], hash(big) == hash(tuple(range(10000))), big == tuple(list(big)), (big < big + (1,)))
print(tuple[int, str], tuple[int, ...], tuple[()], (1, 2, *[3], 4), [(i, j) for i, j in ((1, 2), (3, 4))], (a := (1, 2), a[0]))
