# Generators composed.
def naturals(n=0):
    while True: yield n; n += 1
def take(n, it):
    for _, x in zip(range(n), it): yield x
def primes():
    found = []
    for n in naturals(2):
        if all(n % p for p in found if p * p <= n): found.append(n); yield n
def window(it, n):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == n: yield tuple(buf); buf.pop(0)
def chunk(it, n):
    it = iter(it)
    while c := [x for _, x in zip(range(n), it)]: yield c
print(list(take(10, primes())), list(window(range(5), 3)), list(chunk(range(7), 3)))
def coroutine(f):
    def start(*a): g = f(*a); next(g); return g
    return start
@coroutine
def averager():
    total, n = 0, 0
    while True:
        x = yield total / n if n else None
        total += x; n += 1
a = averager(); print(a.send(10), a.send(20), a.send(60))
@coroutine
def grep(pat, target):
    try:
        while True:
            line = yield
            if pat in line: target.send(line)
    except GeneratorExit: target.close()
@coroutine
def sink(out):
    try:
        while True: out.append((yield))
    except GeneratorExit: out.append("closed")
out = []; g = grep("py", sink(out))
for l in ("python", "ruby", "pypy"): g.send(l)
g.close(); print(out)
def sched(tasks):
    from collections import deque
    q = deque(tasks); trace = []
    while q:
        t = q.popleft()
        try: trace.append(next(t)); q.append(t)
        except StopIteration as e: trace.append(("done", e.value))
    return trace
def task(name, n):
    for i in range(n): yield f"{name}{i}"
    return name
print(sched([task("a", 2), task("b", 3), task("c", 0)]))
def perm(xs):
    if not xs: yield []
    for i, x in enumerate(xs):
        for rest in perm(xs[:i] + xs[i + 1:]): yield [x] + rest
print(list(perm([1, 2, 3])))
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
print([x for x in take(20, fib()) if x % 2 == 0])
def merge(a, b):
    a, b = iter(a), iter(b); x, y = next(a, None), next(b, None)
    while x is not None or y is not None:
        if y is None or x is not None and x <= y: yield x; x = next(a, None)
        else: yield y; y = next(b, None)
print(list(merge([1, 4, 6], [2, 3, 9, 10])))
def rle(s):
    it = iter(s); prev, n = next(it, None), 1
    for c in it:
        if c == prev: n += 1
        else: yield prev, n; prev, n = c, 1
    if prev is not None: yield prev, n
print(list(rle("aaabccd")), list(rle("")))
