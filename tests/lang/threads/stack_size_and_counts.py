# _thread's small functions.
import _thread, threading
print(_thread.stack_size(), threading.stack_size(262144), _thread.stack_size(), threading.stack_size(0), _thread.stack_size())
for bad in (-1, 4095, 1):
    try: threading.stack_size(bad)
    except ValueError as e: print(e)
gate = _thread.allocate_lock(); gate.acquire(); before = _thread._count(); started = threading.Semaphore(0)
def f(): started.release(); gate.acquire(); gate.release(); ended.release()
ended = threading.Semaphore(0)
for _ in range(3): _thread.start_new_thread(f, ())
for _ in range(3): started.acquire()
print(_thread._count() - before, threading.active_count()); gate.release()
for _ in range(3): ended.acquire()
for args in ((1, ()), (f, 1), (f, (), 1), (f,)):
    try: _thread.start_new_thread(*args)
    except TypeError as e: print(e)
try: _thread.exit()
except SystemExit as e: print("SystemExit", e.args)
