# A generator that runs in one thread refuses to be resumed by another.
import threading
inside, leave = threading.Event(), threading.Event()
def g():
    inside.set(); leave.wait(); yield 1
it = g()
out = []; t = threading.Thread(target=lambda: out.append(next(it))); t.start(); inside.wait()
for f in (lambda: next(it), lambda: it.send(None), lambda: it.throw(KeyError), it.close):
    try: f()
    except ValueError as e: print(e)
print(it.gi_running, it.gi_frame is not None); leave.set(); t.join(); print(out, list(it))
