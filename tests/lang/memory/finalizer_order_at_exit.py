# Finalizers and exit functions at the end of the program.
import atexit, weakref
class A:
    def __init__(self, n): self.n = n
for i in range(3): atexit.register(lambda i=i: print("atexit", i))
objs = [A(i) for i in range(3)]
for o in objs: weakref.finalize(o, print, "finalize", o.n)
def late(): print("registered late"); atexit.register(print, "registered during exit")
atexit.register(late)
@atexit.register
def decorated(): print("decorated")
def fails(): raise ValueError("in atexit")
import sys
atexit.register(print, "after nothing failed"); print("end of module"); sys.stdout.flush()
