# Callbacks: the newest reference's first; what they may do.
import weakref
class A: pass
log = []
a = A(); rs = [weakref.ref(a, lambda r, i=i: log.append(i)) for i in range(5)]; del a; print(log); log.clear()
a = A(); r1 = weakref.ref(a, lambda r: log.append("r1")); p = weakref.proxy(a, lambda r: log.append("proxy")); r2 = weakref.ref(a, lambda r: log.append("r2")); del a; print(log); log.clear()
a = A(); r = weakref.ref(a, lambda w: log.append(w() is None)); del a; print(log); log.clear()
a = A(); keep = [weakref.ref(a, lambda w: keep.clear()), weakref.ref(a, lambda w: log.append("second"))]; del a; print(log, keep); log.clear()
a = A(); b = A(); ra = weakref.ref(a, lambda w: log.append("a")); holder = [b]; rb = weakref.ref(b, lambda w: log.append("b")); del b; a.h = holder; del holder, a; print(log); log.clear()
class D:
    def __del__(self): log.append(("del", wr() is None))
d = D(); wr = weakref.ref(d, lambda w: log.append("callback")); del d; print(log); log.clear()
a = A(); new = []; r = weakref.ref(a, lambda w: new.append(A())); del a; print(len(new))
a = A(); del r; r = weakref.ref(a, lambda w: log.append("dead ref")); del r; del a; print(log)
class M:
    def cb(self, w): log.append("method callback")
m = M(); a = A(); r = weakref.ref(a, m.cb); del m; del a; print(log)
