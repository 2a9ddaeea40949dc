# What a lock says of itself, and of misuse.
import _thread, re, threading
l = threading.Lock(); plain = lambda o: re.sub("0x[0-9a-f]+", "0x", repr(o))
print(plain(l), l.locked()); l.acquire(); print(plain(l), l.locked())
print(l.acquire(False), l.acquire(blocking=False), l.acquire(timeout=0.01), l.acquire(True, 0.01))
for args in ((False, 1), (True, -2), (True, 1e100), ("x", "y")):
    try: print(l.acquire(*args))
    except (ValueError, OverflowError, TypeError) as e: print(type(e).__name__, e)
l.release()
try: l.release()
except RuntimeError as e: print("RuntimeError", e)
print(type(l) is _thread.LockType, _thread.TIMEOUT_MAX == threading.TIMEOUT_MAX)
try: _thread.LockType()
except TypeError as e: print(e)
with l as got: print(got, l.locked())
