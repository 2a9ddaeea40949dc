# _thread.interrupt_main simulates a signal: handlers run in the main thread; signals without one do nothing.
import _thread, signal, threading
for bad in (-1, signal.NSIG, 1000000):
    try: _thread.interrupt_main(bad)
    except ValueError as e: print("ValueError", e)
try: _thread.interrupt_main("x")
except TypeError as e: print("TypeError", e)
_thread.interrupt_main(signal.SIGTERM); print("nothing")
got = []
old = signal.signal(signal.SIGTERM, lambda number, frame: got.append((number, threading.current_thread() is threading.main_thread())))
t = threading.Thread(target=_thread.interrupt_main, args=(signal.SIGTERM,)); t.start(); t.join()
for _ in range(1000): pass
print(got)
signal.signal(signal.SIGTERM, old)
try:
    _thread.interrupt_main()
    for _ in range(1000): pass
except KeyboardInterrupt: print("interrupted")
signal.signal(signal.SIGINT, signal.SIG_IGN)
_thread.interrupt_main(); print("ignored")
