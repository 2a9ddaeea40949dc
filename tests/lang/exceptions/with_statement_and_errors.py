# __exit__ sees, swallows and replaces exceptions.
class CM:
    def __init__(self, swallow=False, name="cm"): self.swallow, self.name = swallow, name
    def __enter__(self): print("enter", self.name); return self.name
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v, tb is not None)
        return self.swallow
with CM() as n: print("body", n)
with CM(True): 1 / 0
print("after")
try:
    with CM(False, "a"), CM(False, "b"): raise ValueError("v")
except ValueError as e: print("caught", e)
with CM(True, "outer") as x, CM(False, "inner") as y: raise KeyError(x + y)
def f():
    with CM(False, "ret"): return "returned"
print(f())
for i in range(3):
    with CM(False, f"loop{i}"):
        if i == 1: break
        continue
class NoExit:
    def __enter__(self): return 1
class NoEnter:
    def __exit__(self, *a): pass
for k in (NoExit, NoEnter, int):
    try:
        with k(): print("in")
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
class EnterFails(CM):
    def __enter__(self): raise RuntimeError("enter failed")
try:
    with CM(True, "first"), EnterFails(False, "never"): print("no")
except RuntimeError as e: print(e)
print("swallowed by first")
class ExitRaises(CM):
    def __exit__(self, t, v, tb): raise OSError("exit failed")
try:
    with ExitRaises(): raise ValueError("orig")
except OSError as e: print(e, repr(e.__context__))
class Truthy(CM):
    def __exit__(self, *a): return "truthy"
with Truthy(): raise ValueError
class BadBool(CM):
    def __exit__(self, *a):
        class B:
            def __bool__(self): raise TypeError("bool failed")
        return B()
try:
    with BadBool(): raise ValueError
except TypeError as e: print(e)
with (CM(False, "p1") as p, CM(False, "p2"),): print(p)
with CM() as (a, b): print(a, b)
d = {}
with CM() as d["k"]: print(d)
c = CM(); c.__exit__ = None; c.__enter__ = None
with c: print("looked up on the type")
def g():
    with CM(True, "gen"): yield 1; yield 2
for v in g(): print(v); break
with CM(True, "exit"): raise SystemExit
