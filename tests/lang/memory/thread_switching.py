# Threads take turns without any of them asking.
import threading, time, sys
sys.setswitchinterval(0.002); seq = []; stop = False
def spin(i):
    n = 0
    while not stop:
        n += 1
        if n % 2000 == 0 and (not seq or seq[-1] != i): seq.append(i)
ts = [threading.Thread(target=spin, args=(i,), daemon=True) for i in range(3)]; [t.start() for t in ts]; time.sleep(0.3); stop = True; [t.join() for t in ts]
print({0, 1, 2} == set(seq), len(seq) > 6)
n = 0
def unsafe():
    global n
    for _ in range(3000): n += 1
ts = [threading.Thread(target=unsafe) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(0 < n <= 12000)
t0 = time.monotonic(); ts = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(5)]; [t.start() for t in ts]; [t.join() for t in ts]; print(time.monotonic() - t0 < 0.4)
