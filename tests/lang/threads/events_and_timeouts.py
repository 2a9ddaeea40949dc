# Events stay set; waits tell whether they were.
import threading
e = threading.Event()
print(e.is_set(), e.wait(0), e.wait(0.01)); e.set(); print(e.is_set(), e.wait(), e.wait(0)); e.clear(); print(e.is_set())
results = []
threads = [threading.Thread(target=lambda: results.append(e.wait(10))) for _ in range(5)]
for t in threads: t.start()
e.set()
for t in threads: t.join()
print(results, repr(e).split(":")[0].split(" at ")[0], repr(e).split(":")[1].strip(" >"))
