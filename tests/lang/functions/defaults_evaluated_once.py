# Defaults belong to the definition.
n = 1
def f(x=n): return x
n = 2
print(f(), n)
def acc(v, out=[]):
    out.append(v)
    return out
print(acc(1), acc(2) is acc(3), acc.__defaults__)
def make(i):
    def inner(a, b=i * 10): return a + b
    return inner
print([make(i)(1) for i in range(3)])
class K:
    count = 3
    def m(self, n=count): return n
K.count = 9
print(K().m())
print([(lambda x=i: x)() for i in range(4)])
def kw(*, a=[], b={}):
    a.append(len(a)); b[len(b)] = 1
    return a, b
print(kw(), kw(), kw(a=[5]))
def log(x): print("evaluated", x); return x
def g(a=log(1), *, b=log(2), c: log("ann") = log(3)) -> log("ret"): return a, b, c
print(g(), g(9))
def none_default(x=None):
    x = [] if x is None else x
    x.append(1)
    return x
print(none_default(), none_default(), none_default([0]))
def rec(n=5): return 1 if n == 0 else n * rec(n - 1)
print(rec(), rec(3))
