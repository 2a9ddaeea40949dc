# Changing __defaults__ and __kwdefaults__ of a live function.
def f(a, b=2, *, c=3): return a, b, c
print(f(1))
f.__defaults__ = (10, 20); print(f(), f(5))
f.__kwdefaults__ = {"c": 30}; print(f(1))
f.__kwdefaults__["c"] = 31; print(f(1))
del f.__defaults__
try: f(1)
except TypeError as e: print(e)
f.__kwdefaults__ = None
try: f(1, 2)
except TypeError as e: print(e)
def g(x=[]): x.append(1); return x
g.__defaults__[0].append("seen"); print(g())
def h(): pass
h.__defaults__ = (1, 2)
print(h(), h.__defaults__)
for bad in (5, [1], "a"):
    try: f.__defaults__ = bad
    except TypeError as e: print(e)
    try: f.__kwdefaults__ = bad
    except TypeError as e: print(e)
