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
print(inspect.iscoroutinefunction(c), inspect.iscoroutine(k), inspect.isasyncgenfunction(ag), inspect.isasyncgen(ag()), inspect.isgeneratorfunction(g), inspect.isgenerator(g()), inspect.isawaitable(k), inspect.isawaitable(g()), inspect.getcoroutinestate(k))
k.close()
print(inspect.getcoroutinestate(k))
from collections.abc import Awaitable, Coroutine, AsyncIterator, AsyncGenerator, AsyncIterable, Generator
k = c()
print(isinstance(k, Awaitable), isinstance(k, Coroutine), isinstance(ag(), AsyncGenerator), isinstance(ag(), AsyncIterator), isinstance(g(), Generator), isinstance(g(), Coroutine), isinstance(k, types.CoroutineType))
k.close()
print(repr(c()).startswith("<coroutine object c at 0x") if not warnings.simplefilter("ignore") else "", ag.__code__.co_flags & 0x200 > 0, c.__code__.co_flags & 0x80 > 0, type(ag()).__name__, ag().__name__, ag().ag_running, ag().ag_frame is not None, ag().ag_await)
for e in (
    "await_ = 1",
    "async_ = 2",
    "await = 1",
    "async = 1",
    "def await(): pass",
    "x.await",
    "lambda await: 1",
    "import await",
    "class async: pass",
    "f(await=1)",
    "async def f(): await = 1",
    "async",
    "async lambda: 1",
    "async def f(): return (await x for x in y)",
):
    try: compile(e, "<a>", "exec"); print(repr(e), "| ok")
    except SyntaxError as s: print(repr(e), "|", s.msg)
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
