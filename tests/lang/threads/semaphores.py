# Semaphores count; bounded ones refuse to be released too often.
import threading
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01))
s.release(2); print(s.acquire(False), s.acquire(False), s.acquire(False))
b = threading.BoundedSemaphore(1)
with b: print(b.acquire(False))
try: b.release()
except ValueError as e: print(e)
for bad in (lambda: threading.Semaphore(-1), lambda: s.release(0), lambda: s.acquire(False, timeout=1)):
    try: bad()
    except ValueError as e: print(e)
most = now = 0; guard = threading.Lock(); gate = threading.Semaphore(3)
def work():
    global most, now
    with gate:
        with guard: now += 1; most = max(most, now)
        for _ in range(1000): pass
        with guard: now -= 1
threads = [threading.Thread(target=work) for _ in range(12)]
for t in threads: t.start()
for t in threads: t.join()
print(most <= 3, now)
