# What is said about coroutines that nobody awaits, and type checks.
import warnings, inspect, types
async def c(): pass
async def ag(): yield
def g(): yield
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    c(); c()
    x = c(); x.close()
    print([str(i.message) for i in w], [i.category.__name__ for i in w])
k = c()
k.close()
from collections.abc import Awaitable, Coroutine, AsyncIterator, AsyncGenerator, AsyncIterable, Generator
k = c()
k.close()
for e in (
    "async def f():\n def g():\n  yield\n await g",
    "async def f(): f'{await x}'",
    "async def f(): await",
    "async def f(): x = await y = 1",
    "async def f(): await x ** 2",
    "async def f(): -await x",
    "async def f(): await -x",
    "async def f(): await await x",
    "async def f(): not await x",
    "async def f(): await x + await y",
    "async def f(): lambda x=(await y): x",
    "async def f(): [i for i in await x]",
    "def f(): [i for i in await x]",
):
    try: compile(e, "<a>", "exec"); print(repr(e), "| ok")
    except SyntaxError as s: print(repr(e), "|", s.msg)
