# Bound methods die at once; WeakMethod does not.
import weakref
class A:
    def m(self): return "m"
    @classmethod
    def c(cls): return "c"
a = A()
r = weakref.ref(a.m); print(r()); w = weakref.WeakMethod(a.m); print(w()(), w() == a.m, w == weakref.WeakMethod(a.m), hash(w) == hash(weakref.WeakMethod(a.m)), w.__class__.__name__)
b = A(); print(weakref.WeakMethod(b.m) == w); log = []
w2 = weakref.WeakMethod(b.m, lambda x: log.append(x() is None)); del b; print(w2(), log); wc = weakref.WeakMethod(A.c); print(wc()())
for bad in (len, A.m, 5, "x", lambda: 0):
    try: weakref.WeakMethod(bad)
    except TypeError as e: print(type(e).__name__)
class Signal:
    def __init__(self): self.subs = []
    def connect(self, m): self.subs.append(weakref.WeakMethod(m, self.subs.remove))
    def emit(self): return [s()() for s in self.subs]
s = Signal(); x, y = A(), A(); s.connect(x.m); s.connect(y.m); print(s.emit()); del x; print(len(s.subs), s.emit()); del a; print(w())
