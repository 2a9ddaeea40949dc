# Queue, Lock, Event, Semaphore, Condition.
import asyncio
async def main():
    q = asyncio.Queue(maxsize=2); out = []
    async def prod():
        for i in range(5): await q.put(i); out.append(f"put{i}")
        await q.put(None)
    async def cons():
        while (x := await q.get()) is not None: out.append(f"get{x}"); q.task_done()
    await asyncio.gather(prod(), cons()); print(out, q.empty(), q.qsize(), q.full())
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(type(e).__name__)
    q.put_nowait(1); q.put_nowait(2)
    try: q.put_nowait(3)
    except asyncio.QueueFull as e: print(type(e).__name__)
    pq = asyncio.PriorityQueue(); [pq.put_nowait(x) for x in (3, 1, 2)]; print([await pq.get() for _ in range(3)]); lq = asyncio.LifoQueue(); [lq.put_nowait(x) for x in (1, 2)]; print(await lq.get())
    lock = asyncio.Lock(); order = []
    async def crit(n):
        async with lock: order.append(f"in{n}"); await asyncio.sleep(0); order.append(f"out{n}")
    await asyncio.gather(crit(1), crit(2), crit(3)); print(order, lock.locked())
    try: lock.release()
    except RuntimeError as e: print(e)
    ev = asyncio.Event(); seen = []
    async def waiter(n): await ev.wait(); seen.append(n)
    ts = [asyncio.create_task(waiter(i)) for i in range(3)]; await asyncio.sleep(0); print(seen, ev.is_set()); ev.set(); await asyncio.gather(*ts); print(seen); ev.clear(); print(ev.is_set())
    sem = asyncio.Semaphore(2); active = peak = 0
    async def limited():
        nonlocal active, peak
        async with sem: active += 1; peak = max(peak, active); await asyncio.sleep(0); active -= 1
    await asyncio.gather(*(limited() for _ in range(6))); print(peak, sem.locked())
    cond = asyncio.Condition(); items = []
    async def consumer():
        async with cond: await cond.wait_for(lambda: items); return items.pop()
    t = asyncio.create_task(consumer()); await asyncio.sleep(0)
    async with cond: items.append("item"); cond.notify()
    print(await t); b = asyncio.Barrier(2); print(sorted(await asyncio.gather(b.wait(), b.wait())))
    loop = asyncio.get_running_loop(); r = []
    loop.call_later(0.02, r.append, "later"); loop.call_later(0.01, r.append, "sooner"); loop.call_soon(r.append, "soon"); h = loop.call_later(0.005, r.append, "never"); h.cancel(); await asyncio.sleep(0.05); print(r, h.cancelled(), loop.is_running(), loop.time() > 0)
    import contextvars; v = contextvars.ContextVar("v", default="d")
    async def child(): v.set("child"); return v.get()
    print(await asyncio.create_task(child()), v.get(), await child(), v.get())
asyncio.run(main())
loop = asyncio.new_event_loop(); print(loop.run_until_complete(asyncio.sleep(0, "res")), loop.is_closed()); loop.close(); print(loop.is_closed())
try: loop.run_until_complete(asyncio.sleep(0))
except RuntimeError as e: print(e)
with asyncio.Runner() as r: print(r.run(asyncio.sleep(0, 1)), r.run(asyncio.sleep(0, 2)))
print(asyncio.iscoroutinefunction(main), asyncio.iscoroutine(5), asyncio.isfuture(5))
