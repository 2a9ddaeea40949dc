# Iterating a dict that another thread changes is an error, not a crash.
import sys, threading
sys.setswitchinterval(1e-5)
d = {i: i for i in range(100)}; stop = False; outcomes = set()
def change():
    n = 1000
    while not stop: d[n] = n; n += 1; d.pop(n - 1)
t = threading.Thread(target=change, daemon=True); t.start()
for _ in range(300):
    try:
        for k in d: sum((k, k))
        outcomes.add("whole")
    except RuntimeError as e: outcomes.add("RuntimeError")
stop = True; t.join()
print(outcomes <= {"whole", "RuntimeError"}, len(d) in (100, 101))
