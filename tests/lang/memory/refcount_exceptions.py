# An exception and its traceback keep frames and locals alive.
import sys
class A:
    def __del__(self): print("del A")
def f():
    a = A()
    raise ValueError("x")
try: f()
except ValueError as e: print("caught")
print("after except")
try: f()
except ValueError as e: saved = e
print("saved")
saved.__traceback__ = None
print("traceback dropped")
try: f()
except ValueError as e: saved = e
del saved
print("deleted")
def g():
    try: f()
    except ValueError: print("in handler")
    print("out of handler")
g()
import traceback
try: f()
except ValueError as e: traceback.clear_frames(e.__traceback__); print("cleared")
