# Single operations on shared containers are whole, whoever else runs.
import sys, threading
sys.setswitchinterval(1e-5)
l, d, s = [], {}, set()
def work(i):
    for n in range(2000):
        l.append((i, n)); d[i, n] = n; s.add((i, n))
        if n % 3 == 0: l.pop(); del d[i, n]; s.discard((i, n))
threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(len(l), len(d), len(s), len(d) == len(s))
