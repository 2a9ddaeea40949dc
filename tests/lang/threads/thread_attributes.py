# Names, numbers, daemon flags and states of threads.
import re, threading
t = threading.Thread(target=lambda: None)
print(re.sub("[0-9]+", "#", t.name), t.ident, t.native_id, t.is_alive(), t.daemon, re.sub("-?[0-9]+", "#", repr(t)))
t.name = "named"; t.daemon = True; print(repr(t)); t.start(); t.join()
print(t.is_alive(), t.ident != threading.get_ident(), isinstance(t.ident, int), re.sub("[0-9]+", "#", repr(t)))
for f in (t.start, lambda: setattr(t, "daemon", False), threading.current_thread().join, threading.Thread(target=print).join):
    try: f()
    except RuntimeError as e: print(e)
m = threading.main_thread(); print(m.name, m is threading.current_thread(), m.daemon, m.is_alive(), m.native_id == threading.get_native_id())
class T(threading.Thread):
    def __init__(self): pass
try: T().start()
except RuntimeError as e: print(e)
try: threading.Thread(1)
except AssertionError as e: print(e)
print(threading.Thread(target=len).name.endswith("(len)"), threading.active_count(), threading.enumerate() == [m])
