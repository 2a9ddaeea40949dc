# Hundreds of threads that wait at once: each is woken, none twice, and waiting costs the others nothing.
import queue
import threading

stop = threading.Event()
woken = []
threads = [threading.Thread(target=lambda n=n: (stop.wait(), woken.append(n))) for n in range(300)]
for t in threads:
    t.start()
stop.set()
for t in threads:
    t.join()
print(sorted(woken) == list(range(300)))

jobs, done = queue.SimpleQueue(), queue.Queue()


def serve():
    while (item := jobs.get()) is not None:
        done.put(item * 2)


threads = [threading.Thread(target=serve) for _ in range(50)]
for t in threads:
    t.start()
for n in range(500):
    jobs.put(n)
print(sum(done.get() for _ in range(500)))
for _ in threads:
    jobs.put(None)
for t in threads:
    t.join()

lock = threading.Lock()
counted = 0
missed = []


def count(patience):
    global counted
    for _ in range(20):
        if lock.acquire(timeout=patience):
            counted += 1
            lock.release()
        else:
            missed.append(patience)


threads = [threading.Thread(target=count, args=(10 if n % 2 else 0.0001,)) for n in range(40)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counted + len(missed), 10 in missed, lock.locked())

turns = threading.Semaphore(0)
order = []
gate = threading.Lock()


def take(n):
    turns.acquire()
    with gate:
        order.append(n)


threads = [threading.Thread(target=take, args=(n,)) for n in range(20)]
for t in threads:
    t.start()
turns.release(20)
for t in threads:
    t.join()
print(sorted(order) == list(range(20)))
