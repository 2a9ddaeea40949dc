# SystemExit in all its forms, caught.
import sys
for args in ((), (0,), (1,), (None,), ("message",), (3.7,), ([1, 2],), (True,), (-1,), (256,), (1, 2), ((1, 2),)):
    try: sys.exit(*args)
    except SystemExit as e: print(args, e.code, e.args, repr(e))
    except TypeError as e: print(args, e)
for e in (SystemExit(), SystemExit(5), SystemExit("m"), SystemExit(1, 2)): print(repr(e), e.code, str(e))
def f():
    try: sys.exit("inner")
    finally: print("finally in f")
try: f()
except SystemExit as e: print("caught", e)
try:
    try: sys.exit(1)
    except Exception: print("not an Exception")
except BaseException as e: print(type(e).__name__)
def g():
    yield 1
    sys.exit("from generator")
it = g(); next(it)
try: next(it)
except SystemExit as e: print(e.code)
class E(SystemExit): pass
try: raise E(7)
except SystemExit as e: print(type(e).__name__, e.code); e.code = 9; print(e.code, e.args)
try: raise SystemExit
except SystemExit as e: print(e.code)
try: exit_ = sys.exit; exit_(2)
except SystemExit as e: print(e.code, sys.exc_info()[0] is SystemExit)
