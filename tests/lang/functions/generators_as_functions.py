# Functions that become generators by any yield.
def never():
    if False: yield
def lam(): return (lambda: (yield))()
def nested():
    def inner(): yield 1
    return inner()
def in_default(x=[(yield_) for yield_ in [1]]): return x
print(list(never()), type(lam()).__name__, list(nested()), in_default())
def cond(n):
    if n: return "value"
    yield 1
g = cond(1)
try: next(g)
except StopIteration as e: print(e.value)
print(list(cond(0)))
def f(): x = yield; print("x", x); y = yield x; return y
g = f(); next(g); print(g.send(1))
try: g.send(2)
except StopIteration as e: print(e.value)
def star(): a, *b = yield; print(a, b)
g = star(); next(g)
try: g.send([1, 2, 3])
except StopIteration: pass
def expr(): print((yield 1) + (yield 2))
g = expr(); next(g); g.send(10)
try: g.send(20)
except StopIteration: pass
def call(): print("got", (yield), (yield))
g = call(); next(g); g.send("a")
try: g.send("b")
except StopIteration: print("end")
