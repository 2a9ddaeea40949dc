# Deep chains are freed without trouble.
def chain(n, make):
    x = None
    for _ in range(n): x = make(x)
    return x
class N:
    __slots__ = ("next",)
    def __init__(self, next): self.next = next
class I:
    def __init__(self, next): self.next = next
for make in (lambda x: [x], lambda x: (x,), lambda x: {1: x}, N, I, lambda x: (lambda: x), lambda x: iter([x]), lambda x: {"k": (x,)}):
    x = chain(100000, make); del x
print("freed")
count = 0
class D:
    def __init__(self, next): self.next = next
    def __del__(self): global count; count += 1
x = chain(50000, D); x = None; print(count)
import gc
a = chain(100000, lambda x: [x]); b = a
while b[0]: b = b[0]
b[0] = a; del a, b; print(gc.collect() >= 100000)
g = chain(20000, lambda x: (y for y in [x])); del g; e = None
for i in range(5000):
    n = ValueError(i); n.__cause__ = e; e = n
del e, n; m = chain(100000, lambda x: map(str, [x])); del m; print("end")
