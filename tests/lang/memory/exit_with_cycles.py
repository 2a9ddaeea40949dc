# Cycles with finalizers at exit.
class D:
    def __init__(self, n): self.n = n; self.me = self
    def __del__(self): print("del", self.n)
d = D("cyclic global")
print("end")
