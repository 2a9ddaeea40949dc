# A signal raised again before its handler ran is the same one: a thread may raise thousands.
import signal, threading
got = set()
for n in (signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2): signal.signal(n, lambda n, f: got.add(n))
def raising():
    for i in range(3000): signal.raise_signal((signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)[i % 3])
t = threading.Thread(target=raising); t.start(); t.join()
for _ in range(1000): pass
print(sorted(got) == sorted([signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2]))
counted = []
signal.signal(signal.SIGUSR1, lambda n, f: counted.append(n))
for _ in range(5): signal.raise_signal(signal.SIGUSR1)
print(len(counted))
