# exits: 3
# Objects are finalized when the program ends by SystemExit.
import atexit, sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
atexit.register(print, "atexit")
g = D("global")
def f():
    l = D("local")
    sys.exit(3)
f()
