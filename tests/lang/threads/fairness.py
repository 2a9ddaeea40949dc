# Forced switching: no thread starves another.
import threading, sys
print(sys.getswitchinterval()); sys.setswitchinterval(0.001); print(sys.getswitchinterval())
for bad in (0, -1, "a"):
    try: sys.setswitchinterval(bad)
    except (ValueError, TypeError) as e: print(e)
stop = False; counts = [0, 0, 0]
def spin(i):
    while not stop: counts[i] += 1
ts = [threading.Thread(target=spin, args=(i,), daemon=True) for i in range(3)]; [t.start() for t in ts]
import time; time.sleep(0.2); stop = True; [t.join() for t in ts]
print(all(c > 0 for c in counts))
flag = []
def setter(): flag.append(1)
t = threading.Thread(target=setter); t.start()
n = 0
while not flag and t.is_alive(): n += 1
t.join(); print("main saw the flag")
