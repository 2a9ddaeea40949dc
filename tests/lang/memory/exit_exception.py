# exits: 1
# Objects are finalized when the program ends by an exception.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
g = D("global")
def f():
    l = D("local")
    raise ValueError("uncaught")
try:
    t = D("in try")
    del t
finally: print("finally")
f()
