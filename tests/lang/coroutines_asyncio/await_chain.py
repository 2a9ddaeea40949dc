# Long chains of awaits, exceptions through them, and recursion.
import asyncio
async def chain(n): return 0 if n == 0 else 1 + await chain(n - 1)
async def boom(n):
    try:
        if n == 0: raise ValueError("bottom")
        return await boom(n - 1)
    except ValueError as e:
        if n % 10 == 0: e.args += (n,)
        raise
async def fin(n, log):
    try: return await fin(n - 1, log) if n else "end"
    finally: log.append(n)
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): yield from asyncio.sleep(0).__await__(); return self.v
async def mixed(): return [await Aw(i) for i in range(3)], await Aw("x") + await Aw("y"), {await Aw("k"): await Aw(1)}, (await Aw(1), await Aw(2)), await Aw(5) if await Aw(True) else 0, await Aw([1])
async def loop():
    total = 0
    for i in range(5):
        if i == 3: continue
        total += await Aw(i)
    while total < 20: total += await Aw(4)
    return total
async def deep(n): return await deep(n + 1)
async def main():
    print(await chain(100), await mixed(), await loop())
    try: await boom(20)
    except ValueError as e: print(e.args)
    log = []; print(await fin(5, log), log)
    try: await deep(0)
    except RecursionError: print("RecursionError")
    async def closure():
        n = 0
        async def inc(): nonlocal n; n += 1; return n
        return [await inc() for _ in range(3)], n
    print(await closure(), (await Aw(lambda x: x * 2))(21), f"{await Aw('f')}", -(await Aw(5)), await Aw(2) ** 3, [*await Aw([1, 2])], *await Aw("ab"))
    with __import__("contextlib").nullcontext(await Aw(7)) as v: print(v)
    del (await Aw({"a": 1}))["a"]; (await Aw([0]))[0] = await Aw(1); assert await Aw(1), await Aw("m"); lam = lambda: Aw(9); print(await lam())
    try: raise await Aw(KeyError("awaited"))
    except KeyError as e: print(repr(e))
    return await Aw("returned")
print(asyncio.run(main()))
