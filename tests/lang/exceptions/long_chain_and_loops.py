# Long context chains, and exceptions reused.
e = None
for i in range(50):
    try:
        try: raise ValueError(i)
        except ValueError as v:
            if e: v.__context__ = e
            raise KeyError(i)
    except KeyError as k: e = k
n, x, names = 0, e, []
while x: n += 1; names.append(type(x).__name__[0]); x = x.__context__
print(n, "".join(names)[:10])
err = ValueError("reused"); lens = []
for i in range(5):
    try: raise err
    except ValueError as v:
        t, k = v.__traceback__, 0
        while t: k += 1; t = t.tb_next
        lens.append(k)
print(lens, err.__context__)
def rec(n):
    try:
        if n == 0: 1 / 0
        rec(n - 1)
    except Exception as x: raise RuntimeError(n) from x
try: rec(10)
except RuntimeError as r:
    out = []
    while r: out.append(str(r)); r = r.__cause__
    print(out)
def gen():
    for i in range(3):
        try: yield i
        except ValueError as v: print("gen saw", v, repr(v.__context__))
g = gen(); next(g)
try: raise KeyError("outer")
except KeyError: g.throw(ValueError("thrown"))
a, b = ValueError("a"), KeyError("b"); a.__context__ = b; b.__context__ = a
try:
    try: raise a
    except ValueError: raise b
except KeyError as k: print(repr(k), repr(k.__context__), repr(k.__context__.__context__))
try:
    try: raise a
    except ValueError as v: raise v
except ValueError as v: print(v is a, repr(v.__context__))
try: raise a from a
except ValueError as v: print(v.__cause__ is v)
