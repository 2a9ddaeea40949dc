# Long argument lists and big keyword sets.
def total(*args, **kw): return sum(args) + sum(kw.values())
print(total(*range(1000)), total(**{f"k{i}": i for i in range(1000)}))
src = "def big(" + ", ".join(f"a{i}={i}" for i in range(300)) + "): return a0 + a150 + a299"
exec(src)
print(big(), big(1000), big(a299=0), big(*range(1, 301)))
src = "def kwbig(*, " + ", ".join(f"k{i}={i}" for i in range(260)) + "): return k0 + k259"
exec(src)
print(kwbig(), kwbig(k259=1, k0=2))
src = "total(" + ", ".join(str(i) for i in range(500)) + ")"
print(eval(src))
src = "dict(" + ", ".join(f"k{i}={i}" for i in range(400)) + ")"
print(len(eval(src)))
def passthrough(*a, **k): return (a, k)
a, k = passthrough(*"abc", **dict(zip("xyz", range(3))))
print(a, k)
def kwargs_is_copy(**kw): kw["new"] = 1; return kw
orig = {"a": 1}
print(kwargs_is_copy(**orig), orig)
def args_is_tuple(*args): return type(args).__name__, args
print(args_is_tuple(*[1, 2]), args_is_tuple())
try:
    big(**{"a0": 1}, a0=2)
except TypeError as e:
    print(e)
try:
    big(*range(301))
except TypeError as e:
    print(e)
print((lambda a, b, c, d, e, f, g, h, i, j: (a, j))(*range(10)), max(*range(5), 3), "{} {}".format(*"ab"))
print(passthrough(1, *(2, 3), 4, *[5], x=1, **{"y": 2}, z=3, **{}))
