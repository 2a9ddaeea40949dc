"""Codes from marshal data with a few wrong bytes are refused, or do no harm when they run; CPython crashes on some."""
import io
import marshal
import random
import sys

SOURCE = """
def f(a, b=1, *c, d=2):
    def g(): return a + b
    try:
        with a as x: pass
    except (TypeError, AttributeError) as e: x = e
    finally: b += 1
    return [g(), {1: 2}, 'x', 1.5, 10**30, b'y', (1, 2), frozenset({1}), x]
class C:
    y = [i for i in range(3)]
    def m(self): return super().__repr__()
for i in range(2): f(1)
print
"""
data = marshal.dumps(compile(SOURCE, "x", "exec"))
choices = random.Random(4)
steps = 0


def watch(frame, event, argument):
    """A loop that does not end is no harm either."""
    global steps
    steps += 1
    if steps > 200: raise KeyboardInterrupt
    return watch


for round in range(4000):
    garbled = bytearray(data)
    for _ in range(choices.randint(1, 4)): garbled[choices.randrange(len(garbled))] = choices.randrange(256)
    try: code = marshal.loads(bytes(garbled))
    except (ValueError, EOFError, TypeError, MemoryError, SystemError, OverflowError, RecursionError): continue
    steps = 0
    sys.settrace(watch)
    try:
        if hasattr(code, "co_code"): exec(code, {"print": str, "range": range})
        else: repr(code)
    except BaseException: pass
    finally: sys.settrace(None)
print("no harm")
