# gather, tasks, cancellation, timeouts, ordering.
import asyncio
log = []
async def work(name, n, fail=False):
    for i in range(n):
        log.append(f"{name}{i}"); await asyncio.sleep(0)
    if fail: raise ValueError(name)
    return name
async def main():
    print(await asyncio.gather(work("a", 3), work("b", 2), work("c", 1)), log); log.clear()
    print(await asyncio.gather(work("a", 1, True), work("b", 2), return_exceptions=True))
    try: await asyncio.gather(work("x", 1, True), work("y", 3))
    except ValueError as e: print("gather raised", e)
    t = asyncio.create_task(work("t", 100), name="mytask"); await asyncio.sleep(0); print(t.done(), t.get_name(), t.cancel(), t.cancelled()); 
    try: await t
    except asyncio.CancelledError: print("cancelled", t.cancelled(), t.done())
    async def stubborn():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: print("cleaning"); return "survived"
    t = asyncio.create_task(stubborn()); await asyncio.sleep(0); t.cancel(); print(await t)
    try: await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except asyncio.TimeoutError as e: print("timeout", type(e).__name__)
    print(await asyncio.wait_for(work("w", 2), 5))
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(10)
    except TimeoutError: print("timeout ctx")
    done, pending = await asyncio.wait([asyncio.create_task(work("p", 1)), asyncio.create_task(work("q", 1))]); print(len(done), len(pending), sorted(t.result() for t in done))
    print([await f for f in asyncio.as_completed([work("z", 1)])])
    try:
        async with asyncio.TaskGroup() as tg: a = tg.create_task(work("g1", 2)); b = tg.create_task(work("g2", 1))
        print(a.result(), b.result())
        async with asyncio.TaskGroup() as tg: tg.create_task(work("bad", 1, True)); tg.create_task(asyncio.sleep(10))
    except* ValueError as eg: print("group", [str(e) for e in eg.exceptions])
    f = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_soon(f.set_result, "fut"); print(await f, f.done(), f.result(), f.exception())
    f = asyncio.Future(); f.set_exception(KeyError("fx"))
    try: await f
    except KeyError as e: print("future raised", e)
    for bad in (lambda: asyncio.Future().result(), lambda: f.set_result(1), lambda: asyncio.run(work("n", 1))):
        try: r = bad()
        except Exception as e: print(type(e).__name__, e)
    t = asyncio.create_task(work("d", 1)); t.add_done_callback(lambda t: print("callback", t.result())); await t; await asyncio.sleep(0)
    print(asyncio.current_task() is not None, len(asyncio.all_tasks()), await asyncio.shield(work("s", 1)))
    return "main result"
import warnings; warnings.simplefilter("ignore")
print(asyncio.run(main()))
async def err(): raise KeyError("top")
try: asyncio.run(err())
except KeyError as e: print("run raised", e)
try: asyncio.run(5)
except ValueError as e: print(e)
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
