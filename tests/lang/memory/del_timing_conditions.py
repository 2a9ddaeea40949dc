# Temporaries of conditions and loops.
class D:
    def __init__(self, n, v=True): self.n, self.v = n, v
    def __del__(self): print("del", self.n)
    def __bool__(self): return self.v
    def __iter__(self): print("iter"); return iter([1, 2])
    def __contains__(self, x): return True
    def __eq__(self, o): return self.v
    def __hash__(self): return 1
    def __lt__(self, o): return self.v
if D("if"): print("body")
if not D("if not", False): print("body 2")
while D("while", False): pass
print("x" if D("ternary") else "y")
D("and") and print("and body"); D("or", False) or print("or body")
for i in D("for"): print(i)
print(1 in D("in")); print(D("l") == D("r")); print(D("a") < D("b") < D("c"))
x = D("x") or D("never"); print("kept"); del x
assert D("assert"); print([i for i in D("comp")]); print(any([D("any1", False), D("any2")])); print("end")
