# Classes are collected; subclasses are known weakly.
import gc, weakref
gc.collect()
class Meta(type):
    def __del__(cls): print("class deleted", cls.__name__)
def make():
    class Local(metaclass=Meta): pass
    return Local
L = make(); r = weakref.ref(L); i = L(); del L; gc.collect(); print(r() is not None); del i; gc.collect(); print(r())
class Base: pass
class Sub(Base): pass
print([c.__name__ for c in Base.__subclasses__()]); del Sub; gc.collect(); print(Base.__subclasses__())
def f():
    class A:
        def m(self): return A
    return weakref.ref(A)
w = f(); gc.collect(); print(w())
T = type("T", (), {"x": [1]}); wt = weakref.ref(T); T.self = T; del T; gc.collect(); print(wt())
def g():
    def inner(): return inner
    return weakref.ref(inner)
w = g(); print(w() is not None); gc.collect(); print(w())
import types; m = types.ModuleType("m"); m.self = m; wm = weakref.ref(m); del m; gc.collect(); print(wm())
