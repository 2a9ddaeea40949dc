# / and * in every position.
def f1(a, /): return a
def f2(a, /, b): return a, b
def f3(a, /, b, *, c): return a, b, c
def f4(a=1, /, b=2, *, c=3): return a, b, c
def f5(*, a, b=2): return a, b
def f6(a, /, *args, b, **kw): return a, args, b, kw
def f7(a, b=1, /, c=2): return a, b, c
print(f1(1), f2(1, b=2), f3(1, 2, c=3), f3(1, b=2, c=3), f4(), f4(5, c=9), f5(a=1), f6(1, 2, 3, b=4, a=5), f7(1, c=5))
for c in ("f1(a=1)", "f2(a=1, b=2)", "f3(1, 2, 3)", "f3(1)", "f4(a=1)", "f5()", "f5(1)", "f6(1)", "f6()", "f7(b=1)", "f7(1, b=2)", "f3()", "f3(c=1)", "f5(c=1)"):
    try: print(c, eval(c))
    except TypeError as e: print(c, "->", e)
print(f6.__code__.co_posonlyargcount, f6.__code__.co_kwonlyargcount, f4.__kwdefaults__, f4.__defaults__)
lam = lambda a, /, b=2, *c, d=4, **e: (a, b, c, d, e)
print(lam(1), lam(1, 3, 5, d=6, a=7))
