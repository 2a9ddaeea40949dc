# __del__ runs at once when a scope ends.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    a = D("a"); b = D("b"); c = D("c")
    print("leaving")
f()
print("left")
def g():
    a = D("first")
    a = D("second")
    print("rebound")
    del a
    print("deleted")
g()
D("temporary")
print("next line")
x = [D(1), D(2), D(3)]
del x[1]
print("list item gone")
x.clear()
print("cleared")
d = {"k": D("v")}; d["k"] = D("w"); print("replaced"); d.pop("k"); print("popped")
D("expr").n; print("attribute of temporary")
(lambda a: None)(D("argument")); print("after call")
def h(): return D("returned")
h(); print("ignored result")
y = h(); y = None; print("end")
