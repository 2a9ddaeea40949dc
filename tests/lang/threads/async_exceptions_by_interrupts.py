# A signal's handler runs in the main thread even while it waits for a lock or a queue.
import _thread, queue, signal, threading
got = []
signal.signal(signal.SIGTERM, lambda n, f: got.append(threading.current_thread().name))
lock = threading.Lock(); lock.acquire()
def later():
    _thread.interrupt_main(signal.SIGTERM)
    while not got: pass
    lock.release()
t = threading.Thread(target=later); t.start(); lock.acquire(); t.join(); print(got)
q = queue.Queue()
def raising(n, f): raise KeyError("from handler")
signal.signal(signal.SIGTERM, raising)
t = threading.Thread(target=_thread.interrupt_main, args=(signal.SIGTERM,)); t.start()
try: q.get(timeout=10)
except KeyError as e: print(e)
t.join()
try: threading.Thread(target=lambda: None).start(); signal.signal(signal.SIGTERM, signal.SIG_DFL); print("reset")
except ValueError as e: print(e)
def elsewhere():
    try: signal.signal(signal.SIGTERM, signal.SIG_DFL)
    except ValueError as e: print(e)
t = threading.Thread(target=elsewhere); t.start(); t.join()
