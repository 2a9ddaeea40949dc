# __del__ that saves its object; it is not called twice.
saved = []
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n); saved.append(self)
a = A(1)
a = None
print(len(saved), saved[0].n)
saved.clear()
print("second death is silent", len(saved))
import gc
c = A("cyclic"); c.self = c; del c
print(gc.collect() >= 0, len(saved))
s = saved.pop(); print(s.n, s.self is s, gc.is_finalized(s))
del s
gc.collect()
print("end", len(saved))
class B:
    count = 0
    def __del__(self):
        B.count += 1
        global again
        again = self
again = None
B(); print(B.count, again is not None); again = None; print(B.count, again)
