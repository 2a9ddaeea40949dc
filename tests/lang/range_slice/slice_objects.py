# slice objects by themselves and with __getitem__.
class S:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
s = S()
print(s[1:2], s[:], s[::], s[1:], s[:1], s[::2], s[1:2:3], s[-1:-5:-1], s["a":None], s[1:2, 3:4], s[..., 1:], s[1.5:2.5], s[(1, 2):], s[None:None], s[1:2:None])
s[1:2] = 5
s[::3] = "x"
del s[:1]
del s[1:2, 3]
x = slice(1, 10, 2)
print(x.start, x.stop, x.step, repr(x), x == slice(1, 10, 2), x != slice(1, 10), slice(5).start, slice(None), slice(1, 2) == slice(1, 2, None), slice(1) < slice(2), type(x))
for n in (0, 5, 10, 20):
    print(n, [slice(*a).indices(n) for a in ((None,), (1, None), (-3, None), (None, -3), (None, None, -1), (10, 0, -2), (-1, -100, -1), (100, 200), (2, 5, 3), (None, None, 7))])
for e in (
    "slice()",
    "slice(1, 2, 3, 4)",
    "hash(x)",
    "x.start",
    "slice(1, 2, 0).indices(3)",
    "slice('a').indices(3)",
    "slice(1).indices()",
    "slice(1).indices(-1)",
    "slice(1).indices('x')",
    "slice(1.5).indices(3)",
    "len(x)",
    "iter(x)",
    "x[0]",
    "slice(x)",
    "slice(1, 2) + slice(3)",
    "x.foo",
):
    try: print(e, "=", eval(e))
    except Exception as ex: print(e, "->", type(ex).__name__, ex)
s[1:2] = 5
s[::3] = "x"
del s[:1]
del s[1:2, 3]
x = slice(1, 10, 2)
for n in (0, 5, 10, 20):
    print(n, [slice(*a).indices(n) for a in ((None,), (1, None), (-3, None), (None, -3), (None, None, -1), (10, 0, -2), (-1, -100, -1), (100, 200), (2, 5, 3), (None, None, 7))])
for e in (
    "slice(a=1)",
    "slice(2**70).indices(10)",
    "slice(-2**70, 2**70).indices(10)",
    "slice(None, None, 2**70).indices(10)",
    "slice(0, 10).indices(2**70)",
    "x < 5",
    "slice(1) == 1",
    "{x: 1}",
    "isinstance(x, slice)",
    "slice.__name__",
    "list(range(10))[x]",
    "'abcdefghij'[x]",
    "(0, 1, 2, 3)[slice(None, 2)]",
    "b'abc'[slice(1, None)]",
    "range(10)[x]",
):
    try: print(e, "=", eval(e))
    except Exception as ex: print(e, "->", type(ex).__name__, ex)
try: x.start = 5
except AttributeError as ex: print(ex)
