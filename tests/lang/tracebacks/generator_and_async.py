# compare: stderr
import traceback, asyncio
def g():
    yield 1
    raise ValueError("in generator")
def d(): yield from g()
async def a():
    await asyncio.sleep(0)
    raise KeyError("in coroutine")
async def b(): await a()
async def ag():
    yield 1
    raise TypeError("in async generator")
async def use():
    async for x in ag(): pass
for f in (lambda: list(g()), lambda: list(d()), lambda: sum(x for x in d()), lambda: [*d()], lambda: asyncio.run(b()), lambda: asyncio.run(use())):
    try: f()
    except Exception as e:
        for fs in traceback.extract_tb(e.__traceback__):
            if fs.filename == __file__: print(fs.name, fs.lineno, fs.line)
it = g(); next(it)
try: it.throw(OSError("thrown in"))
except OSError: traceback.print_exc()
def fin():
    try: yield
    finally: raise RuntimeError("in finally")
it = fin(); next(it)
try: it.throw(ValueError("first"))
except RuntimeError: traceback.print_exc()
def stop(): raise StopIteration("inside"); yield
try: next(stop())
except RuntimeError: traceback.print_exc()
