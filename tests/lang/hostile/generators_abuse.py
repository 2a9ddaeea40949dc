# Generators used in ways they are not meant for.
def g():
    try: yield 1; yield 2
    except GeneratorExit: print("exit"); raise
    finally: print("fin")
it = g(); next(it); it.close(); it.close()
try: it.throw(ValueError("closed"))
except ValueError as e: print(e)
def self_throw():
    try: me.throw(ValueError("reentrant"))
    except ValueError as e: yield str(e)
me = self_throw(); print(next(me))
def self_close():
    try: yield me2.close()
    except ValueError as e: yield str(e)
me2 = self_close(); print(next(me2))
def infinite_close():
    while True:
        try: yield
        except GeneratorExit: pass
i = infinite_close(); next(i)
try: i.close()
except RuntimeError as e: print(e)
import sys; sys.unraisablehook = lambda u: print("unraisable", type(u.exc_value).__name__, u.exc_value)
del i
def deep(n):
    if n: yield from deep(n - 1)
    else: yield "bottom"
sys.setrecursionlimit(3000); print(next(deep(900)))
sys.setrecursionlimit(200)
try: next(deep(1000))
except RecursionError as e: print("RecursionError")
sys.setrecursionlimit(1000)
def mutual_a(): yield from mutual_b()
def mutual_b(): yield from mutual_a()
try: next(mutual_a())
except RecursionError: print("mutual RecursionError")
def yf_self():
    yield from gen_self
gen_self = yf_self()
try: next(gen_self)
except ValueError as e: print(e)
x = (i for i in range(3)); x2 = (j for j in x); x3 = (k for k in x2); print(list(x3), list(x))
def swap(): a = yield; b = yield a; yield b
s = swap(); next(s); print(s.send(s) is s); s.close(); del s
c = (lambda: (yield))(); print(next(c)); 
try: c.send("v")
except StopIteration as e: print(e.value)
gens = [g() for _ in range(3)]; [next(q) for q in gens]; gens.clear(); print("all closed")
def with_loop():
    for i in range(10**9): yield i
w = with_loop(); print(sum(next(w) for _ in range(1000))); del w
chain = iter([0])
for _ in range(500): chain = (v + 1 for v in chain)
print(next(chain))
