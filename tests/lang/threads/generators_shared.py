# A generator used by two threads at once.
import threading
ev, go = threading.Event(), threading.Event()
def gen():
    yield 1
    ev.set(); go.wait()
    yield 2
g = gen(); next(g)
t = threading.Thread(target=lambda: next(g)); t.start(); ev.wait()
try: next(g)
except ValueError as e: print(e)
go.set(); t.join()
print(list(g))
res = []
it = iter(range(3000))
def take():
    for x in it: res.append(x)
ts = [threading.Thread(target=take) for _ in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sorted(res) == list(range(3000)))
import functools
@functools.lru_cache(None)
def sq(n): return n * n
out = []
ts = [threading.Thread(target=lambda: out.append(sum(sq(i) for i in range(100)))) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(out, sq.cache_info().currsize)
