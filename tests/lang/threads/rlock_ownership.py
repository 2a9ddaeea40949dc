# A re-entrant lock counts, belongs to its thread, and can be given up whole.
import re, threading
r = threading.RLock()
print(r.acquire(), r.acquire(), r._is_owned())
got = []
def other():
    got.append(r.acquire(blocking=False)); got.append(r._is_owned())
    try: r.release()
    except RuntimeError as e: got.append(str(e))
t = threading.Thread(target=other); t.start(); t.join(); print(got)
state = r._release_save(); print(state[0], state[1] == threading.get_ident(), r._is_owned())
r._acquire_restore(state); r.release(); r.release()
try: r.release()
except RuntimeError as e: print(e)
print(re.sub("0x[0-9a-f]+|owner=[0-9]+", "#", repr(r)))
with r:
    with r: print(re.sub("0x[0-9a-f]+|owner=[0-9]+", "#", repr(r)))
p = threading._PyRLock(); p.acquire(); print(p._is_owned(), p.acquire(False)); p.release(); p.release()
