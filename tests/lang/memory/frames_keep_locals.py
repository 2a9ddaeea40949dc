# Frames, generators and closures own their values.
import sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def gen():
    d = D("generator local")
    yield 1
    print("second half")
    yield 2
g = gen(); next(g); print("suspended"); del g; print("generator dropped")
g = gen(); next(g); next(g); list(g); print("exhausted")
g = gen(); del g; print("never started")
def frame():
    d = D("frame local")
    return sys._getframe()
f = frame(); print("frame kept", sorted(f.f_locals)); f.clear(); print("cleared"); del f
f = frame(); del f; print("frame dropped")
def closure():
    d = D("captured")
    def inner(): return d
    other = D("not captured")
    return inner
c = closure(); print("closure kept"); del c; print("closure dropped")
def loop():
    for i in range(3): x = D(f"loop {i}")
    print("loop over")
loop()
def partial():
    a = D("a")
    try: raise ValueError
    except ValueError as e: b = D("b")
    print("end of function")
partial()
def gen_close():
    try: d = D("in try"); yield
    finally: print("finally")
g = gen_close(); next(g); g.close(); print("closed")
