# Every way out of a function gives its locals back.
import sys
x = object(); base = sys.getrefcount(x)
def r1(): y = x; return y
def r2():
    y = x
    try: return 1
    finally: z = y
def r3():
    y = [x] * 3
    for i in y:
        if i is x: return "found"
def r4():
    y = x
    raise ValueError
def r5():
    y = x
    with CM(): return y
class CM:
    def __enter__(self): return x
    def __exit__(self, *a): return True
def r6():
    y = x
    yield y
def r7():
    try:
        y = x
        1 / 0
    except ZeroDivisionError:
        z = y
        return z
r1(); r2(); r3(); r5(); list(r6()); next(r6()); r7()
try: r4()
except ValueError: pass
print(sys.getrefcount(x) - base)
