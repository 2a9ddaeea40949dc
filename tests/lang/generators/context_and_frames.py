# Generator frames keep state: try blocks, loops, with, recursion.
def multi():
    for i in range(3):
        try:
            for j in range(2):
                with_value = yield i, j
                if with_value == "skip": break
        finally:
            yield f"end {i}"
g = multi(); print(next(g), next(g), next(g), next(g), g.send("skip"), list(g))
class CM:
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0].__name__ if a[0] else None)
def w():
    with CM(): yield 1; yield 2
for x in w(): print(x)
g = w(); next(g); g.close()
g = w(); next(g); del g; print("deleted")
def f():
    try: yield 1
    finally: print("cleanup of", "dropped generator")
x = f(); next(x); x = None
for v in f(): break
print("after break")
def exc():
    while True:
        try: yield "ok"
        except KeyError as e: print("handled", e)
g = exc(); next(g); print(g.throw(KeyError("a")), g.throw(KeyError("b")))
try: g.throw(ValueError("out"))
except ValueError as e: print(e)
def args(a, *b, c=3, **d): yield a, b, c, d
print(next(args(1, 2, c=4, e=5)))
try: args()
except TypeError as e: print(e)
def closure():
    n = 0
    def g():
        nonlocal n
        while n < 3: n += 1; yield n
    return list(g()), n
print(closure())
class C:
    def __init__(self, d): self.d = d
    def __iter__(self):
        for k in self.d: yield k, self.d[k]
print(list(C({"a": 1})), dict(C({"b": 2})))
g = (x for x in range(3)); print(next(g), g.gi_frame.f_lineno > 0, g.gi_code.co_name); list(g); print(g.gi_frame)
def local_vars():
    a = 1; yield; b = 2; yield
g = local_vars(); next(g); print(g.gi_frame.f_locals); next(g); print(g.gi_frame.f_locals)
def dead():
    return
    yield
print(list(dead()))
def empty_yield(): x = yield; print("x is", x)
list(empty_yield())
lam = lambda: (yield 5); print(list(lam()))
def cond(n): 
    if n: yield n
    else: return "none"
print(list(cond(0)), list(cond(2)))
def many():
    a, b, c = (yield 1), (yield 2), (yield 3)
    print(a, b, c)
    return [(yield a), (yield b)]
g = many(); next(g); g.send("x"); g.send("y"); print(g.send("z")); g.send("p")
try: g.send("q")
except StopIteration as e: print(e.value)
