# Exceptions in threads go to excepthook.
import threading
def hook(a): print("hook", a.exc_type.__name__, a.exc_value, a.thread.name)
threading.excepthook = hook
def bad(): raise ValueError("in thread")
t = threading.Thread(target=bad, name="bad"); t.start(); t.join(); print(t.is_alive())
def ex(): raise SystemExit(3)
t = threading.Thread(target=ex); t.start(); t.join(); print("SystemExit is silent")
threading.excepthook = threading.__excepthook__
res = []
def safe():
    try: 1 / 0
    except ZeroDivisionError as e: res.append(str(e))
t = threading.Thread(target=safe); t.start(); t.join(); print(res)
