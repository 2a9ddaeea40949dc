# sys.set_coroutine_origin_tracking_depth: where a coroutine was made, in cr_origin and in the warning.
import sys, warnings
async def c(): pass
def a1(): return c()
def a2(): return a1()
def show(coro):
    print(coro.cr_origin and [(line - base, name) for _, line, name in coro.cr_origin]); coro.close()
base = a1.__code__.co_firstlineno
show(a2())
for depth in (1, 2, 10):
    sys.set_coroutine_origin_tracking_depth(depth); show(a2())
print(sys.get_coroutine_origin_tracking_depth())
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    sys.set_coroutine_origin_tracking_depth(2); a2()
    sys.set_coroutine_origin_tracking_depth(0); a2()
for w in caught: print([line for line in str(w.message).splitlines() if "File" not in line])
try: sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as e: print(e)
