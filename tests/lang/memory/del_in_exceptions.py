# Values of frames that an exception leaves.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    a = D("local of f")
    g(D("argument of g"))
def g(p):
    q = D("local of g")
    raise ValueError
try: f()
except ValueError: print("handler")
print("after")
def h():
    a = D("h local")
    try: raise KeyError
    except KeyError as e:
        b = D("in handler")
    print("end of h")
h()
def k():
    a = D("k local")
    try: 1 / 0
    finally: print("finally of k")
try: k()
except ZeroDivisionError: print("caught")
print("done")
class E(Exception):
    def __init__(self): self.payload = D("payload")
try: raise E
except E as e: print(e.payload.n)
print("payload gone?")
