# What functions return.
def nothing(): pass
def bare(): return
def tup(): return 1, 2
def star(): return *[1, 2], 3
def gen(): return (yield)
def cond(x):
    if x: return "yes"
def multi(x):
    for i in range(10):
        if i == x: return i
    return -1
def nested():
    def a():
        def b(): return "deep"
        return b
    return a()()
print(nothing(), bare(), tup(), star(), cond(1), cond(0), multi(3), multi(30), nested())
a, (b, *c) = (lambda: (1, (2, 3, 4)))()
print(a, b, c)
def early(n):
    while True:
        while True:
            n += 1
            if n > 5: return n
print(early(0))
def in_try():
    try: return "try"
    finally: print("finally first")
print(in_try())
def self_return(): return self_return
print(self_return()()() is self_return)
def rets(x):
    with open_like(): return x
class open_like:
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit")
print(rets(4))
print((lambda: (yield))().__class__.__name__, type(gen()).__name__)
print(print("inner"))
x = [].append(1)
print(x, {}.update(a=1), [3, 1].sort(), "".join([]), [].pop if 0 else None)
