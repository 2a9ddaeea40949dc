# async def, await, send, throw, close without a loop.
async def c(x): return x * 2
async def d(x):
    y = await c(x)
    return y + 1
def run(co):
    try:
        while True: print("yielded", co.send(None))
    except StopIteration as e: return e.value
print(run(d(5)), type(c(1)).__name__, c.__name__)
class Aw:
    def __init__(self, n): self.n = n
    def __await__(self):
        for i in range(self.n): got = yield i; print("got", got)
        return "awaited"
async def e(): return await Aw(2), await Aw(1)
print(run(e()))
co = e(); print(co.send(None), co.send("a"))
try: co.throw(ValueError("thrown"))
except ValueError as x: print(x)
co = e(); co.send(None); co.close()
try: co.send(None)
except RuntimeError as x: print(x)
import warnings; warnings.simplefilter("ignore")
async def f():
    try: await Aw(5)
    except KeyError as k: return f"caught {k}"
    finally: print("cleanup")
co = f(); co.send(None)
try: co.throw(KeyError("k"))
except StopIteration as s: print(s.value)
co = f(); co.send(None); co.close()
co = f()
try: co.send(5)
except TypeError as x: print(x)
co.close()
async def bad(): await 5
async def bad2():
    class B:
        def __await__(self): return 5
    await B()
async def bad3():
    class B:
        def __await__(self): return c(1)
    await B()
for b in (bad, bad2, bad3):
    try: run(b())
    except TypeError as x: print(x)
co = c(1); run(co)
try: run(co)
except RuntimeError as x: print(x)
async def stop(): raise StopIteration(5)
try: run(stop())
except RuntimeError as x: print(x, repr(x.__cause__))
import types
@types.coroutine
def gen(): v = yield "from gen"; return v
async def g(): return await gen()
co = g(); print(co.send(None), co.cr_await is not None, co.cr_running, co.cr_code.co_name, co.cr_frame is not None)
try: co.send("value")
except StopIteration as s: print(s.value)
print(co.cr_frame, co.cr_await); 
try: iter(co)
except TypeError as x: print(x)
try:
    for _ in c(1): pass
except TypeError as x: print(x)
me = None
async def reent(): await me
me = reent()
try: me.send(None)
except (RuntimeError, ValueError) as x: print(type(x).__name__, x)
