# Iterator tools give back what they hold.
import sys, itertools as it
x = object()
base = sys.getrefcount(x)
src = [x] * 4
n = sys.getrefcount(x) - base
print(n)
for make in (
    lambda: it.chain(src, src),
    lambda: it.islice(src, 2),
    lambda: it.cycle(src),
    lambda: it.repeat(x, 3),
    lambda: it.zip_longest(src, [1]),
    lambda: it.tee(src)[0],
    lambda: it.groupby(src),
    lambda: it.accumulate([x], initial=x),
    lambda: it.product(src, repeat=2),
    lambda: it.permutations(src, 2),
    lambda: it.combinations(src, 2),
):
    i = make()
    try: next(i)
    except StopIteration: pass
    del i
    print(sys.getrefcount(x) - base - n, end=" ")
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
