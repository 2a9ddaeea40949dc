# Iterator tools give back what they hold.
import sys, itertools as it
x = object()
base = sys.getrefcount(x)
src = [x] * 4
n = sys.getrefcount(x) - base
for make in (
    lambda: it.compress(src, [1]),
    lambda: it.starmap(lambda *a: a, [(x,)]),
    lambda: it.takewhile(lambda v: True, src),
    lambda: it.filterfalse(None, src),
    lambda: it.pairwise(src),
    lambda: map(lambda v: v, src),
    lambda: zip(src, src),
    lambda: enumerate(src),
    lambda: reversed(src),
    lambda: filter(None, src),
    lambda: iter(lambda: x, None),
):
    i = make()
    try: next(i)
    except StopIteration: pass
    del i
    print(sys.getrefcount(x) - base - n, end=" ")
print()
del make
src.clear()
print(sys.getrefcount(x) - base)
