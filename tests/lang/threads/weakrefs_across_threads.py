# An object dies in the thread that drops it last: there its callbacks and finalizers run.
import threading, weakref
class A:
    def __del__(self): where.append(("del", threading.current_thread().name))
where = []
box = [A()]; r = weakref.ref(box[0], lambda r: where.append(("callback", threading.current_thread().name)))
t = threading.Thread(target=box.clear, name="other"); t.start(); t.join()
print(where, r()); where.clear()
f = weakref.finalize(A, print, "never"); f.detach()
class B: pass
b = [B()]; weakref.finalize(b[0], lambda: where.append(threading.current_thread().name))
t = threading.Thread(target=b.pop, name="third"); t.start(); t.join(); print(where)
