# Values in threads: locals freed at the end, thread-locals too.
import threading, gc
log = []
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
def work(n): d = D(f"local {n}"); tl.x = D(f"tl {n}")
tl = threading.local()
for n in range(2): t = threading.Thread(target=work, args=(n,)); t.start(); t.join()
del t; gc.collect(); print(sorted(log)); log.clear()
tl.x = D("main tl"); del tl.x; print(log); log.clear()
def arg(d): pass
t = threading.Thread(target=arg, args=(D("arg"),)); t.start(); t.join(); print(log); del t; log.clear()
class T(threading.Thread):
    def run(self): self.d = D("attr")
t = T(); t.start(); t.join(); print(log); del t; gc.collect(); print(log); log.clear()
def boom(): d = D("in failing thread"); raise ValueError
threading.excepthook = lambda a: log.append(a.exc_type.__name__)
t = threading.Thread(target=boom); t.start(); t.join(); gc.collect(); print(sorted(log)); log.clear()
q = []; ts = [threading.Thread(target=lambda: q.append(D(threading.current_thread().name)), name=str(i)) for i in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; q.sort(key=lambda d: d.n); q.clear(); print(sorted(log))
