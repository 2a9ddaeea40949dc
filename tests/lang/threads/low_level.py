# _thread.
import _thread, threading, time
l = _thread.allocate_lock(); l.acquire(); res = []
def f(a, b=1): res.append((a, b)); l.release()
i = _thread.start_new_thread(f, (1,), {"b": 2}); l.acquire(); print(res, isinstance(i, int), l.locked(), type(l).__name__)
for a in ((), (5,), (f, 5), (f, [1])):
    try: _thread.start_new_thread(*a)
    except TypeError as e: print(e)
def ex(): 
    try: _thread.exit()
    finally: l2.release()
l2 = _thread.allocate_lock(); l2.acquire(); _thread.start_new_thread(ex, ()); l2.acquire(); print("exited")
print(_thread.get_ident() == threading.get_ident(), _thread.error is RuntimeError, _thread.stack_size(), _thread.TIMEOUT_MAX > 10**6, _thread.LockType.__name__)
loc = _thread._local(); loc.x = 1; print(loc.x)
