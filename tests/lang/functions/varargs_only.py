# *args and **kwargs as containers.
def a(*args): return args
def k(**kw): return kw
def ak(*args, **kw): return args, kw
t = (1, 2); print(a(*t) == t, a(), a(*[]), a(None), a(*[None]), a([1]), a(*[1], *[2]))
d = {"x": 1}; r = k(**d); r["y"] = 2; print(d, r, k(), k(**{}), list(k(b=1, a=2)))
print(ak(1, x=2), ak(*t, **d), ak(*ak(1)[0], **ak(y=2)[1]))
def swap(*args): return args[::-1]
def named(**kw): return sorted(kw.items())
print(swap(*"abc"), named(**dict(zip("xyz", range(3)))))
def count(*args, **kw): return len(args), len(kw)
print(count(*range(100), **{str(i): i for i in range(50)}))
def mod(*args): args += (9,); return args
print(mod(1), mod())
def first(*args, default=None): return args[0] if args else default
print(first(), first(1), first(default=5), first(*[], default=6))
def rest(head, *tail): return head, tail
print(rest(1), rest(1, 2, 3), rest(*"xyz"))
