# Queue, LifoQueue, PriorityQueue, SimpleQueue: order, limits, joins.
import queue, threading
for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    q = kind(3)
    for x in (2, 3, 1): q.put(x)
    try: q.put_nowait(4)
    except queue.Full as e: print(kind.__name__, "full", q.full(), q.qsize())
    try: q.put(4, timeout=0.01)
    except queue.Full: pass
    print([q.get() for _ in range(3)], q.empty())
    try: q.get_nowait()
    except queue.Empty: print("empty")
    try: q.get(timeout=-1)
    except ValueError as e: print(e)
    for _ in range(3): q.task_done()
    try: q.task_done()
    except ValueError as e: print(e)
s = queue.SimpleQueue(); s.put(1); s.put_nowait(2); print(s.qsize(), s.get(), s.get_nowait(), s.empty())
try: s.get(timeout=0.01)
except queue.Empty: print("empty")
q = queue.Queue(); done = []
def worker():
    while (x := q.get()) is not None: done.append(x); q.task_done()
t = threading.Thread(target=worker); t.start()
for i in range(50): q.put(i)
q.join(); print(done == list(range(50))); q.put(None); t.join()
