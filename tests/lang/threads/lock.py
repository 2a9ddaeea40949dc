# Lock and RLock.
import threading
l = threading.Lock()
print(l.locked(), l.acquire(), l.locked(), l.acquire(blocking=False), l.acquire(timeout=0.01), l.release(), l.locked())
with l: print(l.locked())
for f in (lambda: l.release(), lambda: l.acquire(True, -5), lambda: l.acquire(False, 1), lambda: l.acquire("a", "b")):
    try: print(f())
    except (RuntimeError, ValueError, TypeError) as e: print(type(e).__name__, e)
r = threading.RLock()
with r:
    with r: print("twice")
print(r.acquire(), r.acquire(), r.release(), r.release())
try: r.release()
except RuntimeError as e: print(e)
n = 0
def add():
    global n
    for _ in range(2000):
        with l: n += 1
ts = [threading.Thread(target=add) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(n)
got = []
def try_it(): got.append(l.acquire(blocking=False))
with l: t = threading.Thread(target=try_it); t.start(); t.join()
print(got)
