# A condition wants its lock held; notify wakes so many and no more.
import threading
c = threading.Condition()
for f in (c.wait, c.notify, c.notify_all):
    try: f()
    except RuntimeError as e: print(e)
woken = []; waiting = threading.Semaphore(0)
def sleeper(i):
    with c:
        waiting.release(); c.wait(); woken.append(i)
threads = [threading.Thread(target=sleeper, args=(i,)) for i in range(4)]
for t in threads: t.start()
for _ in threads: waiting.acquire()
with c: print(len(c._waiters)); c.notify(); print(len(c._waiters)); c.notify(2); print(len(c._waiters))
with c: c.notify_all()
for t in threads: t.join()
print(sorted(woken))
with c: print(c.wait(0.01), c.wait_for(lambda: False, 0.01), c.wait_for(lambda: "yes"))
plain = threading.Condition(threading.Lock())
with plain: print(plain.wait(timeout=0.01))
