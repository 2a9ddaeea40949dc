# One plain reference per object; subclasses and callbacks make new ones.
import sys; sys.unraisablehook = lambda u: None
import weakref
class A: pass
a = A()
r = weakref.ref(a); print(weakref.ref(a) is r, weakref.proxy(a) is weakref.proxy(a), weakref.getweakrefcount(a))
c = weakref.ref(a, len); print(c is r, weakref.ref(a, None) is r, weakref.getweakrefcount(a), weakref.ref(a, len) is c)
class R(weakref.ref): pass
x = R(a); y = R(a); print(x is y, type(x).__name__, x == r, hash(x) == hash(r), weakref.getweakrefcount(a))
print(len(weakref.getweakrefs(a)), {r: 1}[x], r in [x], R(a)() is a)
r2 = weakref.ref(A()); r3 = weakref.ref(A()); print(r2 == r3, r2 == r2, r2 != r3, r2() is r3())
b, c2 = A(), A(); print(weakref.ref(b) == weakref.ref(c2))
class E:
    def __eq__(self, o): return True
    def __hash__(self): return 1
p, q = E(), E(); rp, rq = weakref.ref(p), weakref.ref(q); print(rp == rq, hash(rp) == hash(rq), {rp: 1}.get(rq)); del q; print(rp == rq)
del a; print("dead" in repr(x) or x(), weakref.getweakrefcount(b))
