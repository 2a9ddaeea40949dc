"""asyncio: many tasks that wait for each other, queues, gather, futures, sleep(0)."""
import asyncio


async def ping(queue_in, queue_out, n):
    total = 0
    for i in range(n):
        await queue_out.put(i)
        total += await queue_in.get()
    return total


async def spin(n):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


async def nested(depth):
    return 1 if depth == 0 else await nested(depth - 1) + await nested(depth - 1)


async def ticks(n):
    for i in range(n):
        yield i
        if i % 8 == 0:
            await asyncio.sleep(0)


async def main():
    a, b = asyncio.Queue(1), asyncio.Queue(1)
    print(await asyncio.gather(ping(a, b, 4000), ping(b, a, 4000)))
    print(sum(await asyncio.gather(*(spin(80) for _ in range(150)))))
    print(await nested(15))
    print(sum([i async for i in ticks(40000)]))
    loop = asyncio.get_running_loop()
    total = 0
    for i in range(4000):
        future = loop.create_future()
        loop.call_soon(future.set_result, i)
        total += await future
    tasks = [asyncio.create_task(spin(2)) for _ in range(800)]
    print(total, len((await asyncio.wait(tasks))[0]))


asyncio.run(main())
