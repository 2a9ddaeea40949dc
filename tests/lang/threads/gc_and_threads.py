# Garbage made by many threads.
import threading, gc, weakref
class A: pass
refs = []
def work():
    for i in range(300):
        a, b = A(), A(); a.b, b.a = b, a
        if i % 100 == 0: refs.append(weakref.ref(a)); gc.collect(0)
ts = [threading.Thread(target=work) for _ in range(6)]; [t.start() for t in ts]; [t.join() for t in ts]
del ts; gc.collect(); print(len(refs), sum(r() is not None for r in refs))
d = {}
def fill(n):
    for i in range(500): d[n, i] = [i]
ts = [threading.Thread(target=fill, args=(n,)) for n in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(len(d), sum(v[0] for v in d.values()))
l = []
ts = [threading.Thread(target=lambda: [l.append(i) for i in range(1000)]) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(len(l), sum(l))
class D:
    def __del__(self): done.append(threading.current_thread().name)
done = []
def own(): x = D(); x = None
t = threading.Thread(target=own, name="owner"); t.start(); t.join(); print(done)
