# Thread: start, join, names, daemon, results.
import threading
out = []
def work(n, k=0): out.append((n, k))
ts = [threading.Thread(target=work, args=(i,), kwargs={"k": i * i}, name=f"w{i}") for i in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(out), [t.name for t in ts], [t.is_alive() for t in ts], [t.daemon for t in ts])
class T(threading.Thread):
    def __init__(self, n): super().__init__(); self.n = n; self.result = None
    def run(self): self.result = sum(range(self.n))
t = T(100); t.start(); t.join(); print(t.result)
print(threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count(), threading.current_thread().ident == threading.get_ident())
t = threading.Thread(target=lambda: out.append(threading.current_thread().name), name="named"); t.start(); t.join(); print(out[-1])
for f in (lambda: t.start(), lambda: threading.Thread(5), lambda: threading.Thread(target=print).join(), lambda: threading.current_thread().join(), lambda: threading.Thread(daemon=1).daemon):
    try: print(f())
    except (RuntimeError, AssertionError) as e: print(type(e).__name__, e)
print(t.ident is not None, threading.Thread().ident, repr(threading.Thread(name="fresh")))
