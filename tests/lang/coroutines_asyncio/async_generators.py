# Async generators, async for, async with, async comprehensions.
import asyncio
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print("got", got)
    finally: print("agen done")
class AIt:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1; await asyncio.sleep(0); return self.n
class ACM:
    async def __aenter__(self): print("aenter"); return "res"
    async def __aexit__(self, t, v, tb): print("aexit", t and t.__name__); return t is ValueError
async def double(x): await asyncio.sleep(0); return x * 2
async def main():
    async for x in agen(3): print(x)
    else: print("else")
    async for x in AIt(2): print("it", x)
    print([x async for x in agen(3)], {x: x async for x in AIt(2)}, {x async for x in AIt(3)}, [x async for x in agen(5) if x % 2], [await double(x) for x in range(3)], [await double(x) async for x in AIt(2)], [y for x in [1, 2] for y in [x, await double(x)]])
    async with ACM() as a: print(a)
    async with ACM(): raise ValueError("swallowed")
    try:
        async with ACM(): raise KeyError("passes")
    except KeyError as e: print("outside", e)
    g = agen(5); print(await g.__anext__(), await g.asend("sent"), await anext(g)); 
    try: await g.athrow(ValueError("t"))
    except ValueError as e: print("athrow", e)
    print(await anext(g, "default")); g = agen(5); await anext(g); await g.aclose()
    try: await anext(g)
    except StopAsyncIteration: print("exhausted")
    gen = (x * 2 async for x in agen(2)); print(type(gen).__name__, [v async for v in gen])
    async for x in agen(9):
        if x == 1: break
    for bad in (5, [1], agen):
        try:
            async for _ in bad: pass
        except TypeError as e: print(e)
        try:
            async with bad: pass
        except TypeError as e: print(e)
    class BadNext:
        def __aiter__(self): return self
        def __anext__(self): return 5
    try:
        async for _ in BadNext(): pass
    except TypeError as e: print(e)
    class NoNext:
        def __aiter__(self): return 5
    try:
        async for _ in NoNext(): pass
    except TypeError as e: print(e)
    def sync_in(): return [x for x in range(2)]
    print(sync_in(), type(agen(1)).__name__, aiter(AIt(1)).__class__.__name__)
    try: anext(5)
    except TypeError as e: print(e)
    async def ret():
        yield 1
        return
    print([x async for x in ret()])
    async def raises():
        yield 1
        raise StopAsyncIteration
    try: print([x async for x in raises()])
    except RuntimeError as e: print(e)
asyncio.run(main())
