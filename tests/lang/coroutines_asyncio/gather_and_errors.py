# Errors, results and order with gather and tasks.
import asyncio
async def ok(n, v): 
    for _ in range(n): await asyncio.sleep(0)
    return v
async def bad(n, e):
    for _ in range(n): await asyncio.sleep(0)
    raise e
async def main():
    print(await asyncio.gather(), await asyncio.gather(ok(3, "slow"), ok(0, "fast")), await asyncio.gather(*[ok(i, i) for i in range(5)]))
    print(await asyncio.gather(ok(1, 1), bad(0, ValueError("v")), bad(2, KeyError("k")), return_exceptions=True))
    for coros in ((bad(0, ValueError("first")), bad(1, KeyError("second"))), (ok(5, 1), bad(1, TypeError("t")))):
        try: await asyncio.gather(*coros)
        except Exception as e: print(repr(e))
    t = asyncio.ensure_future(bad(0, RuntimeError("task")))
    try: await t
    except RuntimeError as e: print(e, t.done(), repr(t.exception()))
    try: t.result()
    except RuntimeError as e: print("again", e)
    p = asyncio.create_task(ok(3, "x"))
    for f in (p.result, p.exception):
        try: f()
        except asyncio.InvalidStateError as e: print(type(e).__name__, e)
    print(await p, p.result(), p.exception(), p.cancel())
    done, pending = await asyncio.wait({asyncio.create_task(ok(1, "a")), asyncio.create_task(bad(0, ValueError("w")))}, return_when=asyncio.ALL_COMPLETED); print(len(done), len(pending), sorted(str(d.exception() or d.result()) for d in done))
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0)), long := asyncio.create_task(asyncio.sleep(5))], return_when=asyncio.FIRST_COMPLETED); print(len(done), len(pending)); long.cancel()
    try: await long
    except asyncio.CancelledError: print("cancelled")
    async def outer():
        try: return await ok(50, "never")
        except asyncio.CancelledError: return "handled"
    o = asyncio.create_task(outer()); await asyncio.sleep(0); await asyncio.sleep(0); o.cancel("msg"); print(await o)
    g = asyncio.gather(asyncio.sleep(5), asyncio.sleep(5)); await asyncio.sleep(0); g.cancel()
    try: await g
    except asyncio.CancelledError: print("gather cancelled")
    s = asyncio.shield(inner := asyncio.create_task(ok(3, "shielded"))); s.cancel()
    try: await s
    except asyncio.CancelledError: print(await inner)
    r = []
    for f in asyncio.as_completed([ok(3, "c"), ok(1, "a"), ok(2, "b")]): r.append(await f)
    print(r)
    try: await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except TimeoutError: print("timeout")
    print(await asyncio.wait_for(ok(1, "in time"), None), await asyncio.to_thread(lambda: "thread"), await asyncio.sleep(0, "slept"))
asyncio.run(main())
