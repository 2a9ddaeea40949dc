# Metaclasses: __new__, __init__, __call__, __prepare__, conflicts.
class M(type):
    def __prepare__(name, bases, **kw): print("prepare", name, kw); return {"injected": 1}
    __prepare__ = staticmethod(__prepare__)
    def __new__(m, name, bases, ns, **kw): print("new", name, sorted(k for k in ns if not k.startswith("__")), kw); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): print("init", name); super().__init__(name, bases, ns)
    def __call__(cls, *a, **k): print("call", cls.__name__, a); return super().__call__(*a, **k)
    def meta_method(cls): return "meta " + cls.__name__
    @property
    def meta_prop(cls): return "prop " + cls.__name__
    def __len__(cls): return 7
    def __iter__(cls): return iter("meta")
    def __getitem__(cls, k): return f"{cls.__name__}[{k}]"
    def __contains__(cls, k): return k == 1
    def __repr__(cls): return f"<M {cls.__name__}>"
    def __eq__(cls, o): return "meta eq"
    __hash__ = type.__hash__
    def __getattr__(cls, n): return f"meta getattr {n}"
    def __setattr__(cls, n, v): print("setattr", n); super().__setattr__(n, v)
    def __dir__(cls): return ["custom"]
    def __bool__(cls): return False
    def __add__(cls, o): return "added"
class A(metaclass=M, opt=1):
    x = 2
    def __init__(self, *a): self.a = a
class B(A, flag=True): pass
print(A.injected, A(5).a, A.meta_method(), A.meta_prop, len(A), list(A), A[3], 1 in A, A, A == 5, A.zzz, dir(A), bool(A), A + 1, type(B).__name__, isinstance(A, M), B.x)
A.y = 3
try: A().meta_method()
except AttributeError as e: print(e)
class M1(type): pass
class M2(type): pass
class P(metaclass=M1): pass
class Q(metaclass=M2): pass
try:
    class R(P, Q): pass
except TypeError as e: print(e)
class M3(M1, M2): pass
class S(P, Q, metaclass=M3): pass
print(type(S).__name__)
def func_meta(name, bases, ns, **kw): print("func", name, kw); return type(name, bases, {**ns, "via": "function"})
class T(metaclass=func_meta, z=1): pass
print(T.via, type(T).__name__)
class NotClass(metaclass=lambda n, b, d: 42): pass
print(NotClass)
class OrderedMeta(type):
    @classmethod
    def __prepare__(m, n, b): 
        class L(dict):
            def __setitem__(s, k, v): s.setdefault("order", []) if k != "order" else None; dict.__setitem__(s, k, v); s.get("order", []).append(k)
        return L()
    def __new__(m, n, b, ns): c = super().__new__(m, n, b, dict(ns)); c.order = [k for k in ns["order"] if not k.startswith("_")]; return c
class O(metaclass=OrderedMeta): z = 1; a = 2; z = 3
print(O.order)
class Single(type):
    _i = {}
    def __call__(cls, *a): return cls._i.setdefault(cls, super().__call__(*a)) if cls not in cls._i else cls._i[cls]
class Cfg(metaclass=Single): pass
print(Cfg() is Cfg())
for st in ("class X(metaclass=5): pass", "class X(metaclass=int): pass", "class X(foo=1): pass", "class X(5): pass", "class X(metaclass=M1, k=1): pass", "class BadPrep(metaclass=type('Mp', (type,), {'__prepare__': classmethod(lambda *a: 5)})): pass", "class X(*[1]): pass", "class X(object, object): pass", "class X(**{'metaclass': type}): y = 1", "class X(None): pass", "class X(print): pass", "class X('s'): pass"):
    try: exec(st); print(st, "ok")
    except TypeError as e: print(st, "->", e)
