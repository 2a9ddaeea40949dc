# Each step of creating a class, in order.
log = []
class Meta(type):
    @classmethod
    def __prepare__(m, n, b, **k): log.append(f"prepare {n} {sorted(k)}"); return {"prepared": True}
    def __new__(m, n, b, d, **k): log.append(f"new {n}"); return super().__new__(m, n, b, dict(d))
    def __init__(c, n, b, d, **k): log.append(f"init {n} {'x' in d}"); super().__init__(n, b, d)
    def __call__(c, *a, **k): log.append(f"call {c.__name__}"); return super().__call__(*a, **k)
    def __setattr__(c, k, v): log.append(f"setattr {k}"); super().__setattr__(k, v)
class D:
    def __set_name__(s, o, n): log.append(f"set_name {n} {o.__name__}")
class Base:
    def __init_subclass__(c, **k): log.append(f"init_subclass {c.__name__} {k}"); super().__init_subclass__()
def deco(c): log.append(f"deco {c.__name__}"); return c
def base(): log.append("base evaluated"); return Base
@deco
class A(base(), metaclass=Meta):
    log.append("body"); x = 1; d = D()
    def __new__(cls, *a): log.append("A.new"); return super().__new__(cls)
    def __init__(self, *a): log.append("A.init")
print(*log, sep="\n"); log.clear(); a = A(1); print(log, A.prepared, a.x); log.clear()
class B(A): pass
A.y = 2; print(log); log.clear()
C = Meta("C", (), {"z": D()}); print(log, C.__module__, type(C).__name__); log.clear()
try:
    class E(A):
        log.append("E body"); raise ValueError("in body")
except ValueError as e: print(e, log, "E" in globals())
import types; N = types.new_class("N", (A,), {"metaclass": Meta}, lambda ns: ns.update(w=5)); print(N.w, log[-3:], types.prepare_class("P", (A,))[0].__name__)
