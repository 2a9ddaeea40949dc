# threading.local and queue.
import threading, queue
loc = threading.local(); loc.x = "main"; seen = []
def f(n): 
    seen.append(hasattr(loc, "x")); loc.x = n; seen.append(loc.x)
for i in range(2): t = threading.Thread(target=f, args=(i,)); t.start(); t.join()
print(loc.x, seen)
class L(threading.local):
    default = 5
    def __init__(self, v=0): self.v = v
l = L(7); r = []
t = threading.Thread(target=lambda: (r.append(l.v), setattr(l, "v", 1))); t.start(); t.join(); print(l.v, r, l.default)
q = queue.Queue(); out = []
def worker():
    while (x := q.get()) is not None: out.append(x * x); q.task_done()
    q.task_done()
ts = [threading.Thread(target=worker) for _ in range(3)]; [t.start() for t in ts]
for i in range(10): q.put(i)
for _ in ts: q.put(None)
q.join(); [t.join() for t in ts]; print(sorted(out), q.empty(), q.qsize())
q = queue.Queue(1); q.put(1)
for f in (lambda: q.put(2, block=False), lambda: q.put(2, timeout=0.01), lambda: queue.Queue().get_nowait(), lambda: queue.Queue().get(timeout=0.01)):
    try: f()
    except (queue.Full, queue.Empty) as e: print(type(e).__name__)
p = queue.PriorityQueue(); [p.put(x) for x in (3, 1, 2)]; print([p.get() for _ in range(3)]); s = queue.LifoQueue(); [s.put(x) for x in (1, 2)]; print(s.get(), s.get()); sq = queue.SimpleQueue(); sq.put(5); print(sq.get(), sq.empty())
