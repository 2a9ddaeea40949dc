# Timers run once, late, or not at all when cancelled.
import threading, time
ran = []
begin = time.monotonic()
t = threading.Timer(0.02, lambda *a, **k: ran.append((a, k)), (1, 2), {"x": 3}); t.start(); t.join()
print(ran, time.monotonic() - begin >= 0.02)
c = threading.Timer(30, ran.append, ("never",)); c.start(); c.cancel(); c.join()
print(len(ran), c.finished.is_set(), isinstance(t, threading.Thread), c.is_alive())
