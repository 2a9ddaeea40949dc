# Deep recursion through comprehensions, generators, sort keys, closures, exceptions.
import sys
sys.setrecursionlimit(500)
def comp(n): return [comp(n - 1) for _ in "a"][0] if n else 0
def gen(n):
    if n: yield from gen(n - 1)
    yield n
def key(n): return sorted([1, 2], key=lambda x: key(n - 1) or x) and 0 if n else 0
def clos(n):
    def inner(): return clos(n - 1) if n else 0
    return inner()
def exc(n):
    try: return exc(n - 1) if n else 1 / 0
    except ZeroDivisionError: raise
def fin(n):
    try: return fin(n - 1) if n else 0
    finally: pass
def withs(n):
    import contextlib
    with contextlib.nullcontext(): return withs(n - 1) if n else 0
def mp(n): return list(map(lambda x: mp(n - 1), [1]))[0] if n else 0
class A:
    def __getattr__(self, n): return getattr(self, n + "x") if len(n) < 5000 else 0
    def __add__(self, o): return self + o
    def __init__(self, n=0): n and A(n - 1)
    @property
    def p(self): return self.p
    def __str__(self): return f"{self}"
def ev(n): return eval("ev(n - 1)") if n else 0
def dec(n): return (lambda f: f())(lambda: dec(n - 1)) if n else 0
for name, f in (("comp", lambda n: comp(n)), ("gen", lambda n: sum(gen(n)) * 0), ("key", lambda n: key(n)), ("clos", clos), ("fin", fin), ("with", withs), ("map", mp), ("init", lambda n: A(n) and 0), ("eval", ev), ("lambda", dec)):
    print(name, f(20), end=" ")
    try: f(5000); print("no error")
    except RecursionError as e: print("RecursionError")
for e in ("A().x", "A() + 1", "A().p", "str(A())", "exc(5000)"):
    try: eval(e); print(e, "no error")
    except (RecursionError, ZeroDivisionError) as x: print(e, type(x).__name__)
print("still fine", sum(range(100)))
