# Barriers let a party through together, run their action once, and break.
import threading
ran = []
b = threading.Barrier(3, action=lambda: ran.append("action"))
order = []
def go():
    order.append(("before", len(ran))); i = b.wait(); order.append(("after", len(ran))); indexes.append(i)
indexes = []
threads = [threading.Thread(target=go) for _ in range(2)]
for t in threads: t.start()
indexes.append(b.wait())
for t in threads: t.join()
print(sorted(indexes), ran, sorted(order), b.parties, b.n_waiting, b.broken)
try: b.wait(timeout=0.01)
except threading.BrokenBarrierError as e: print("broken", b.broken)
try: b.wait()
except threading.BrokenBarrierError: print("still")
b.reset(); print(b.broken)
def bad(): raise KeyError("action")
c = threading.Barrier(1, action=bad)
try: c.wait()
except KeyError as e: print("KeyError", e, c.broken)
b.abort(); print(b.broken)
