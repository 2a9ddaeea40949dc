# Managers that nest dynamically, and their order.
class Stack:
    def __init__(self): self.cms = []
    def push(self, cm): v = cm.__enter__(); self.cms.append(cm); return v
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        while self.cms:
            cm = self.cms.pop()
            try:
                if cm.__exit__(t, v, tb): t = v = tb = None; print("swallowed")
            except Exception as e: t, v, tb = type(e), e, e.__traceback__; print("replaced by", repr(e))
        return v is None if t is None else False
class CM:
    def __init__(self, n, act=None): self.n, self.act = n, act
    def __enter__(self): print("+" + self.n, end=" "); return self.n
    def __exit__(self, t, v, tb):
        print("-" + self.n, t.__name__ if t else "", end=" ")
        if isinstance(self.act, Exception): raise self.act
        return self.act
with Stack() as s: print(s.push(CM("a")), s.push(CM("b")))
print()
with Stack() as s: s.push(CM("a", True)); s.push(CM("b")); raise ValueError("x")
print()
try:
    with Stack() as s: s.push(CM("a")); s.push(CM("b", KeyError("k")))
except KeyError as e: print("outer", e)
from contextlib import ExitStack, contextmanager, AbstractContextManager, ContextDecorator
with ExitStack() as st:
    vals = [st.enter_context(CM(c)) for c in "xyz"]; st.callback(lambda *a: print("cb", a, end=" "), 1); saved = st.pop_all()
print(vals); saved.close(); print()
try:
    with ExitStack() as st: st.enter_context(CM("p", ValueError("from exit"))); st.enter_context(CM("q", KeyError("first")))
except ValueError as e: print(repr(e), repr(e.__context__))
class Deco(ContextDecorator):
    def __enter__(self): print("in", end=" "); return self
    def __exit__(self, *a): print("out")
@Deco()
def work(): print("working", end=" ")
work(); work()
class Abs(AbstractContextManager):
    def __exit__(self, *a): print("abs exit")
with Abs() as a: print(type(a).__name__)
@contextmanager
def both(x):
    with CM(x) as a, CM(x * 2) as b: yield a, b
with both("m") as (p, q): print(p, q, end=" ")
print()
