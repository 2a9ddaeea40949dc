# The switch interval can be asked and set; a busy thread does not starve the others.
import sys, threading, time
old = sys.getswitchinterval(); print(old)
for bad, kind in ((0, ValueError), (-1, ValueError), ("x", TypeError)):
    try: sys.setswitchinterval(bad)
    except kind as e: print(kind.__name__, e)
sys.setswitchinterval(0.001); print(round(sys.getswitchinterval(), 6))
stop = False; counts = [0] * 4
def spin(i):
    while not stop: counts[i] += 1
threads = [threading.Thread(target=spin, args=(i,), daemon=True) for i in range(4)]
for t in threads: t.start()
end = time.monotonic() + 10
while min(counts) == 0 and time.monotonic() < end: time.sleep(0.001)
stop = True
for t in threads: t.join()
print(min(counts) > 0); sys.setswitchinterval(old)
