# Async iteration in pipelines.
import asyncio
async def numbers(n):
    for i in range(n): await asyncio.sleep(0); yield i
async def mapped(f, it):
    async for x in it: yield f(x)
async def filtered(p, it):
    async for x in it:
        if p(x): yield x
async def take(n, it):
    async for x in it:
        if n == 0: break
        n -= 1; yield x
async def merge(*its):
    q, done = asyncio.Queue(), object()
    async def pump(it):
        async for x in it: await q.put(x)
        await q.put(done)
    ts = [asyncio.create_task(pump(i)) for i in its]; left = len(ts)
    while left:
        x = await q.get()
        if x is done: left -= 1
        else: yield x
class Ticker:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1; await asyncio.sleep(0); return self.n
async def main():
    print([x async for x in mapped(lambda v: v * v, filtered(lambda v: v % 2, numbers(8)))], [x async for x in take(3, numbers(100))], sorted([x async for x in merge(numbers(3), Ticker(3))]), {x: y async for x, y in mapped(lambda v: (v, -v), numbers(3))}, [x async for x in Ticker(3) if x], sum([x async for x in numbers(5)]), [(x, y) async for x in numbers(2) for y in "ab"], [(x, y) for x in "ab" async for y in numbers(2)], [await asyncio.sleep(0, x) async for x in numbers(3)])
    a = aiter(numbers(3)); print(await anext(a), await anext(a), await anext(a), await anext(a, "done"))
    r = await asyncio.gather(*(asyncio.sleep(0, i) for i in range(5))); print(r)
    async def consume(): return [x async for x in numbers(3)]
    print(await asyncio.gather(consume(), consume())); sem = asyncio.Semaphore(2); log = []
    async def limited(i):
        async with sem: log.append(f"+{i}"); await asyncio.sleep(0); log.append(f"-{i}"); return i
    print(await asyncio.gather(*map(limited, range(4))), log)
asyncio.run(main())
