# What happens to objects at the end of the program.
import atexit, weakref
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
atexit.register(print, "atexit first registered")
atexit.register(lambda: print("atexit second registered"))
a = D("global a")
keep = [D("in list")]
w = D("watched"); weakref.finalize(w, print, "finalize at exit")
def f(): print("unregistered")
atexit.register(f); atexit.unregister(f)
print(atexit._ncallbacks() if hasattr(atexit, "_ncallbacks") else 3)
print("last line")
