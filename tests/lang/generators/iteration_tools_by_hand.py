# Generators written for well-known tools.
def my_range(a, b=None, step=1):
    if b is None: a, b = 0, a
    while (a < b) if step > 0 else (a > b): yield a; a += step
def my_zip(*its):
    its = [iter(i) for i in its]
    while its:
        out = []
        for i in its:
            try: out.append(next(i))
            except StopIteration: return
        yield tuple(out)
def my_enumerate(it, n=0):
    for x in it: yield n, x; n += 1
def my_map(f, *its):
    for a in my_zip(*its): yield f(*a)
def my_filter(p, it): yield from (x for x in it if (p(x) if p else x))
def my_groupby(it, key=lambda x: x):
    cur, group = object(), []
    for x in it:
        if key(x) != cur:
            if group: yield cur, group
            cur, group = key(x), []
        group.append(x)
    if group: yield cur, group
def my_product(*its):
    if not its: yield (); return
    for x in its[0]:
        for rest in my_product(*its[1:]): yield (x, *rest)
def my_cycle(it):
    saved = []
    for x in it: yield x; saved.append(x)
    while saved: yield from saved
def my_islice(it, *a):
    s = slice(*a); i, idx = iter(it), my_range(s.start or 0, s.stop if s.stop is not None else 10**9, s.step or 1)
    want = next(idx, None)
    for n, x in enumerate(i):
        if want is None: return
        if n == want: yield x; want = next(idx, None)
print(list(my_range(5)), list(my_range(2, 8, 3)), list(my_range(3, 0, -1)), list(my_zip("ab", [1, 2, 3])), list(my_enumerate("ab", 1)), list(my_map(pow, [2, 3], [3, 2])), list(my_filter(None, [0, 1, ""])), list(my_groupby("aabca")), list(my_product("ab", [1, 2])), [x for x, _ in my_zip(my_cycle("ab"), range(5))], list(my_islice("abcdefg", 1, 6, 2)), list(my_zip()), list(my_product()))
def primes():
    sieve, n = {}, 2
    while True:
        if n in sieve:
            for p in sieve.pop(n): sieve.setdefault(n + p, []).append(p)
        else: sieve[n * n] = [n]; yield n
        n += 1
print(list(my_islice(primes(), 15)))
