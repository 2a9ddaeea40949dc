# Coroutines and async generators that are abandoned.
import asyncio, gc
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
async def work(n):
    d = D(n)
    try: await asyncio.sleep(10)
    finally: print("finally", n)
async def agen():
    d = D("agen")
    try:
        yield 1
        yield 2
    finally: print("agen finally")
async def main():
    t = asyncio.create_task(work("cancelled")); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled error")
    del t
    async for x in agen(): break
    g = agen(); print(await anext(g)); await g.aclose(); print("closed"); del g
    f = asyncio.get_running_loop().create_future(); f.add_done_callback(lambda f: print("done", f.result().n)); f.set_result(D("result")); await f; await asyncio.sleep(0); del f; print("future dropped")
    r = await asyncio.gather(asyncio.sleep(0, D("gathered"))); r.clear(); print("gather cleared")
asyncio.run(main()); gc.collect(); print("end")
