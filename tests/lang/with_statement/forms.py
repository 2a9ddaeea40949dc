# with in every shape; contextlib.
from contextlib import contextmanager, closing, suppress, ExitStack, nullcontext, redirect_stdout
import io
@contextmanager
def tag(name):
    print(f"<{name}>")
    try: yield name.upper()
    except ValueError as e: print("inside saw", e); raise
    finally: print(f"</{name}>")
with tag("a") as x: print(x)
with tag("b") as x, tag("c") as y: print(x, y)
with (tag("d") as x, tag("e")): print(x)
with (tag("f")): pass
with tag("g") if 1 else tag("i"): pass
try:
    with tag("j"): raise ValueError("oops")
except ValueError as e: print("outside saw", e)
with suppress(KeyError, IndexError): {}["k"]
with suppress(ZeroDivisionError): 1 / 0; print("not reached")
class Closer:
    def close(self): print("closed")
with closing(Closer()) as c: print(type(c).__name__)
with ExitStack() as st:
    st.callback(print, "callback", 1); st.enter_context(tag("k")); st.push(lambda *a: print("push", a[0])); print("body")
with nullcontext(5) as v: print(v)
buf = io.StringIO()
with redirect_stdout(buf): print("captured")
print(repr(buf.getvalue()))
@contextmanager
def noyield():
    if 0: yield
try:
    with noyield(): pass
except RuntimeError as e: print(e)
@contextmanager
def twice(): yield; yield
try:
    with twice(): pass
except RuntimeError as e: print(e)
@contextmanager
def swallow():
    try: yield
    except Exception as e: print("swallowed", repr(e))
with swallow(): raise TypeError("t")
@contextmanager
def replace():
    try: yield
    except KeyError: raise ValueError("replaced")
try:
    with replace(): raise KeyError("k")
except ValueError as e: print(e, repr(e.__context__))
@tag("deco")
def decorated(): print("in decorated")
decorated()
class CM:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append("enter"); return self.log
    def __exit__(self, *a): self.log.append("exit")
log = []
with CM(log) as log[:0], CM(log) as z: z.append("body")
print(log)
def early():
    for i in range(3):
        with tag(str(i)):
            if i == 1: return "returned"
            continue
print(early())
with CM(log) as (first, *rest): print(first, len(rest))
d = {}
with CM([]) as d["key"], CM([]) as d["k2"]: pass
print(d)
def gen():
    with tag("gen"): yield 1
g = gen(); next(g); g.close()
async def aw():
    class A:
        async def __aenter__(self): print("aenter"); return 1
        async def __aexit__(self, *a): print("aexit", a[0]); return True
    async with A() as x, A(): print(x); raise ValueError
    return "done"
import asyncio; print(asyncio.run(aw()))
