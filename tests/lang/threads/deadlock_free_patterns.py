# Ordered locks, try-lock, reader and writer, once, barrier phases.
import threading
a, b = threading.Lock(), threading.Lock(); n = 0
def work(first, second):
    global n
    for _ in range(200):
        l1, l2 = sorted((first, second), key=id)
        with l1, l2: n += 1
ts = [threading.Thread(target=work, args=p) for p in ((a, b), (b, a), (a, b))]; [t.start() for t in ts]; [t.join() for t in ts]; print(n)
class RW:
    def __init__(self): self.c, self.r, self.w = threading.Condition(), 0, False
    def read(self):
        with self.c:
            while self.w: self.c.wait()
            self.r += 1
    def done_read(self):
        with self.c: self.r -= 1; self.c.notify_all()
    def write(self):
        with self.c:
            while self.w or self.r: self.c.wait()
            self.w = True
    def done_write(self):
        with self.c: self.w = False; self.c.notify_all()
rw, data, bad = RW(), {"a": 0, "b": 0}, []
def reader():
    for _ in range(50): rw.read(); bad.append(1) if data["a"] != data["b"] else None; rw.done_read()
def writer():
    for _ in range(20): rw.write(); data["a"] += 1; data["b"] += 1; rw.done_write()
ts = [threading.Thread(target=f) for f in (reader, writer, reader, writer)]; [t.start() for t in ts]; [t.join() for t in ts]; print(data, bad)
class Once:
    def __init__(self, f): self.f, self.l, self.done = f, threading.Lock(), False
    def __call__(self):
        with self.l:
            if not self.done: self.v = self.f(); self.done = True
        return self.v
calls = []; o = Once(lambda: calls.append(1) or "made"); rs = []; ts = [threading.Thread(target=lambda: rs.append(o())) for _ in range(8)]; [t.start() for t in ts]; [t.join() for t in ts]; print(len(calls), set(rs), len(rs))
bar = threading.Barrier(3, action=lambda: phases.append("phase")); phases, out, ol = [], [], threading.Lock()
def phased(i):
    for p in range(3):
        with ol: out.append(p)
        bar.wait()
ts = [threading.Thread(target=phased, args=(i,)) for i in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(out == sorted(out), len(phases))
e = threading.Event(); b2 = threading.Barrier(2, timeout=0.05); res = []
def lonely():
    try: b2.wait()
    except threading.BrokenBarrierError: res.append("broken")
t = threading.Thread(target=lonely); t.start(); t.join(); print(res, b2.broken); b2.reset(); print(b2.broken, a.acquire(False), a.acquire(False), a.release())
