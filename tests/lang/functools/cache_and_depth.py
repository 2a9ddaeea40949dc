# A cached function's recursion takes part of the limit for the cache too.
import functools


@functools.lru_cache(maxsize=None)
def unbounded(n):
    return 0 if n == 0 else unbounded(n - 1) + 1


@functools.lru_cache(maxsize=16)
def bounded(n):
    return 0 if n == 0 else bounded(n - 1) + 1


for function in (unbounded, bounded):
    for n in (100, 480, 520, 990):
        function.cache_clear()
        try:
            print(n, function(n))
        except RecursionError as e:
            print(n, e)
