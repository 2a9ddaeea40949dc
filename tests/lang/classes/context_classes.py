# Classes as context managers and decorators at once.
class Timer:
    log = []
    def __init__(self, name): self.name = name
    def __enter__(self): Timer.log.append(f"+{self.name}"); return self
    def __exit__(self, t, v, tb): Timer.log.append(f"-{self.name}:{t.__name__ if t else ''}"); return self.name == "swallow"
    def __call__(self, f):
        def w(*a):
            with self: return f(*a)
        return w
with Timer("a") as t, Timer("b"): print(t.name)
with Timer("swallow"): raise ValueError
try:
    with Timer("pass"): raise KeyError
except KeyError: print("passed")
@Timer("deco")
def f(x): return x * 2
print(f(21), Timer.log)
class Nest:
    depth = 0
    def __enter__(self): Nest.depth += 1; return Nest.depth
    def __exit__(self, *a): Nest.depth -= 1
n = Nest()
with n as a:
    with n as b:
        with n as c: print(a, b, c, Nest.depth)
print(Nest.depth)
class Ret:
    def __enter__(self): return self
    def __exit__(self, *a): return None
def g():
    with Ret(): return "inner"
    return "never"
print(g())
def h():
    for i in range(5):
        with Ret():
            if i == 2: break
    return i
print(h())
