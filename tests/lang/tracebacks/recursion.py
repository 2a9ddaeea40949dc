# compare: stderr
def f(n):
    if n == 0:
        raise ValueError("bottom")
    f(n - 1)
def even(n):
    if n == 0: raise KeyError(n)
    odd(n)
def odd(n):
    even(n - 1)
import traceback
for n in (2, 3, 4, 10):
    try: f(n)
    except ValueError: traceback.print_exc()
try: even(10)
except KeyError: traceback.print_exc()
def forever(): forever()
forever()
