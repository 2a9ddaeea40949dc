# contextlib: every helper.
from contextlib import *
import io, sys
class R:
    def __init__(self, n): self.n = n
    def close(self): print("close", self.n)
with closing(R("a")) as r: print(r.n)
with suppress(ValueError): raise ValueError
try:
    with suppress(KeyError): raise ValueError("passes")
except ValueError as e: print(e)
with redirect_stdout(io.StringIO()) as out: print("hidden")
with redirect_stderr(io.StringIO()) as err: print("x", file=sys.stderr)
print(repr(out.getvalue()), repr(err.getvalue()))
@contextmanager
def cm(n):
    print("+", n)
    try: yield n
    except KeyError: print("handled"); 
    finally: print("-", n)
with ExitStack() as s:
    print([s.enter_context(cm(i)) for i in range(2)]); s.callback(print, "cb", end="!\n"); s.push(lambda *a: print("pushed", a[0]))
with cm("k"): raise KeyError
@cm("deco")
def f(): print("inside")
f(); f()
with nullcontext() as n: print(n)
class A(ContextDecorator):
    def __enter__(self): print("enter"); return self
    def __exit__(self, *e): print("exit")
@A()
def g(x): return x
print(g(5)); s = ExitStack(); s.enter_context(cm("moved")); t = s.pop_all(); s.close(); print("closed first"); t.close()
try:
    with cm("gen"): raise StopIteration("odd")
except StopIteration as e: print("stop", e)
with chdir(".") if 0 else nullcontext(): pass
import asyncio
@asynccontextmanager
async def acm(): print("a+"); yield 5; print("a-")
async def main():
    async with acm() as v: print(v)
    async with AsyncExitStack() as st: print(await st.enter_async_context(acm())); st.push_async_callback(asyncio.sleep, 0)
    async with aclosing(agen()) as it:
        async for x in it: print(x); break
async def agen():
    try: yield 1; yield 2
    finally: print("aclosed")
asyncio.run(main())
