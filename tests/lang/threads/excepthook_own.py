# threading.excepthook sees what a thread raised; SystemExit is no error.
import threading
seen = []
def hook(args): seen.append((args.exc_type.__name__, str(args.exc_value), args.exc_traceback is not None, args.thread.name))
old, threading.excepthook = threading.excepthook, hook
def boom(): raise ValueError("boom")
def leave(): raise SystemExit(3)
for f in (boom, leave):
    t = threading.Thread(target=f, name=f.__name__); t.start(); t.join()
print(seen[0], seen[1][:2] if len(seen) > 1 else None)
threading.excepthook = old; print(threading.excepthook is threading.__excepthook__)
try: threading.ExceptHookArgs((1, 2))
except TypeError as e: print(e)
print(threading.ExceptHookArgs([ValueError, None, None, None]))
