# Bounded buffer with conditions; results in order.
import threading, queue
class Buffer:
    def __init__(self, n): self.items, self.n, self.cond = [], n, threading.Condition(); self.peak = 0
    def put(self, x):
        with self.cond:
            while len(self.items) == self.n: self.cond.wait()
            self.items.append(x); self.peak = max(self.peak, len(self.items)); self.cond.notify_all()
    def get(self):
        with self.cond:
            while not self.items: self.cond.wait()
            x = self.items.pop(0); self.cond.notify_all(); return x
b, out, lock = Buffer(3), [], threading.Lock()
def prod(k):
    for i in range(20): b.put(k * 100 + i)
def cons():
    while (x := b.get()) is not None:
        with lock: out.append(x)
ps = [threading.Thread(target=prod, args=(k,)) for k in range(3)]; cs = [threading.Thread(target=cons) for _ in range(2)]
for t in ps + cs: t.start()
for t in ps: t.join()
for _ in cs: b.put(None)
for t in cs: t.join()
print(len(out), sorted(out) == sorted(k * 100 + i for k in range(3) for i in range(20)), b.peak <= 3, all([x for x in out if x // 100 == k] == [k * 100 + i for i in range(20)] for k in range(3)) or "order differs between consumers")
q, results = queue.Queue(5), {}
def worker():
    while True:
        n = q.get()
        if n is None: break
        results[n] = sum(i * i for i in range(n)); q.task_done()
ts = [threading.Thread(target=worker, daemon=True) for _ in range(4)]; [t.start() for t in ts]
for n in range(30): q.put(n)
q.join(); [q.put(None) for _ in ts]; [t.join() for t in ts]; print(len(results), results[29], q.unfinished_tasks)
class Count:
    def __init__(self): self.v, self.lock = 0, threading.RLock()
    def inc(self):
        with self.lock: self.add(1)
    def add(self, n):
        with self.lock: self.v += n
c = Count(); ts = [threading.Thread(target=lambda: [c.inc() for _ in range(500)]) for _ in range(5)]; [t.start() for t in ts]; [t.join() for t in ts]; print(c.v)
ev = threading.Event(); order = []
def step(n, wait, sig): wait.wait(); order.append(n); sig.set()
evs = [threading.Event() for _ in range(6)]; ts = [threading.Thread(target=step, args=(i, evs[i], evs[i + 1])) for i in range(5)]; [t.start() for t in reversed(ts)]; evs[0].set(); evs[5].wait(); print(order); [t.join() for t in ts]
