# Blocking calls give the lock up: the main thread sleeps, waits and joins while others compute.
import threading, time
def count(out):
    n = 0
    for i in range(200000): n += i
    out.append(n)
out = []; threads = [threading.Thread(target=count, args=(out,)) for _ in range(3)]
for t in threads: t.start()
time.sleep(0.001); lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=0.001)
for t in threads: t.join()
print(out == [19999900000] * 3)
slow = threading.Thread(target=time.sleep, args=(0.05,)); begin = time.monotonic(); slow.start(); n = 0
while slow.is_alive(): n += 1
print(n > 100, time.monotonic() - begin >= 0.05)
