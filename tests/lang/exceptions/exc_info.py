# sys.exc_info, sys.exception and their scoping.
import sys
def info(): t, v, tb = sys.exc_info(); return (t and t.__name__, v, tb is not None)
print(info())
try: raise ValueError(1)
except ValueError:
    print(info(), sys.exception())
    try: raise KeyError(2)
    except KeyError: print(info())
    print(info())
    def inner(): return info()
    print(inner())
print(info(), sys.exception())
def g():
    try: raise ValueError("gen")
    except ValueError: yield info(); yield info()
    yield info()
it = g(); print(next(it)); print(info())
try: raise TypeError("outer")
except TypeError: print(next(it)); print(info()); print(next(it))
def h():
    yield info()
    try: yield info()
    finally: print("fin", info())
it = h()
try: raise OSError("o")
except OSError: print(next(it)); print(next(it))
print("now", info())
it.close()
def f():
    try: 1 / 0
    finally: print("in finally", info())
try: f()
except ZeroDivisionError: pass
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): print("exit", info()); return True
with CM(): raise KeyError("w")
print(info())
try:
    try: raise ValueError("A")
    except ValueError as e: raise KeyError("B") from e
except KeyError: print(info(), repr(sys.exception().__cause__))
def deep():
    e = sys.exception(); return e.__traceback__.tb_lineno if e else None
try:
    raise ValueError
except ValueError: print(deep() is not None)
print(deep())
def tb_len(tb):
    n = 0
    while tb: n += 1; tb = tb.tb_next
    return n
def lvl(n):
    if n == 0: raise ValueError("deep")
    lvl(n - 1)
try: lvl(5)
except ValueError as e: print(tb_len(e.__traceback__), e.__traceback__.tb_frame.f_code.co_name, e.__traceback__.tb_next.tb_frame.f_code.co_name)
try:
    try: lvl(1)
    except ValueError as e: raise e.with_traceback(None)
except ValueError as e: print(tb_len(e.__traceback__))
for i in range(2):
    try: raise ValueError(i)
    except ValueError: continue
print(info())
