# When temporaries of an expression die.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def __add__(self, o): print("add"); return D(f"({self.n}+{o.n})")
    def m(self): print("method"); return self
    def __getitem__(self, i): return D(f"{self.n}[{i}]")
    def __enter__(self): return self
    def __exit__(self, *a): print("exit")
    def __iter__(self): yield 1; yield 2
D("a") + D("b"); print("1")
x = D("a") + D("b") + D("c"); print("2"); del x
D("x").m().m(); print("3")
D("i")[0][1]; print("4")
with D("with"): print("body")
print("5")
for i in D("iterated"): print(i)
print("6")
[D(1), D(2)][0]; print("7")
print(D("p").n, D("q").n); print("8")
if D("cond"): print("true branch")
print("9")
y = (D("kept"), D("dropped"))[0]; print("10"); del y
f"{D('f').n}"; print("11")
z = [D("l")] * 2; del z[0]; print("12"); del z; print("13")
def f(a): print("in f"); del a; print("after del a")
f(D("arg")); print("14")
lambda d=D("default"): d; print("15")
D("left") if 1 else D("right"); print("16"); [D(f"c{i}").n for i in range(2)]; print("17"); a = b = D("two names"); del a; print("18"); del b
