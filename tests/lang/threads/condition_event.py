# Condition, Event, Semaphore, Barrier, Timer.
import threading
e = threading.Event(); seen = []
def waiter(): e.wait(); seen.append("woke")
ts = [threading.Thread(target=waiter) for _ in range(3)]; [t.start() for t in ts]; print(e.is_set()); e.set(); [t.join() for t in ts]; print(seen, e.wait(0), e.is_set()); e.clear(); print(e.wait(0.01))
c = threading.Condition(); items = []; got = []
def consumer():
    for _ in range(3):
        with c:
            while not items: c.wait()
            got.append(items.pop(0))
t = threading.Thread(target=consumer); t.start()
for i in range(3):
    with c: items.append(i); c.notify()
t.join(); print(got)
with c: print(c.wait(0.01), c.wait_for(lambda: True), c.wait_for(lambda: False, 0.01))
for f in (lambda: c.wait(), lambda: c.notify()):
    try: f()
    except RuntimeError as x: print(x)
s = threading.Semaphore(2); print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.release(), s.acquire(timeout=0.01))
b = threading.BoundedSemaphore(1); b.acquire(); b.release()
try: b.release()
except ValueError as x: print(x)
bar = threading.Barrier(3); order = []
def arrive(): order.append(bar.wait())
ts = [threading.Thread(target=arrive) for _ in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sorted(order), bar.parties, bar.n_waiting, bar.broken)
fired = []; tm = threading.Timer(0.01, fired.append, ["timer"]); tm.start(); tm.join(); print(fired); tm = threading.Timer(10, fired.append, ["never"]); tm.start(); tm.cancel(); tm.join(); print(fired)
