# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__.
class A:
    real = 1
    def __getattr__(self, n):
        if n.startswith("x"): return "dyn " + n
        raise AttributeError(f"no {n}!")
a = A()
print(a.real, a.xyz, hasattr(a, "q"), getattr(a, "q", 0))
try:
    a.q
except AttributeError as e:
    print(e)
class B:
    def __getattribute__(self, n):
        print("getattribute", n)
        if n == "secret": raise AttributeError("hidden")
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return "getattr " + n
    def m(self): return self.v
b = B(); b.v = 5
print(b.v, b.secret, b.m(), b.none)
len_called = []
class C:
    def __setattr__(self, n, v): print("setattr", n, v); super().__setattr__(n, v)
    def __delattr__(self, n): print("delattr", n); super().__delattr__(n)
c = C(); c.x = 1; c.x += 1; del c.x
try:
    del c.x
except AttributeError as e:
    print(e)
class D:
    def __init__(self): object.__setattr__(self, "d", {})
    def __getattr__(self, n): return self.d.get(n, "default")
    def __setattr__(self, n, v): self.d[n] = v
    def __dir__(self): return ["z", "a"]
d = D(); d.k = 9
print(d.k, d.zzz, vars(d), dir(d))
class E:
    def __getattr__(self, n): raise ValueError("not attribute error")
for f in (lambda: E().x, lambda: hasattr(E(), "x"), lambda: getattr(E(), "x", 1)):
    try:
        f()
    except ValueError as e:
        print("ValueError", e)
class F:
    def __len__(self): return 1
f = F(); f.__len__ = lambda: 99
print(len(f), f.__len__())
class G:
    def __getattribute__(self, n): return "intercepted " + n
print(G().anything, G().__class__, type(G()).__name__, G().__dict__)
class H:
    pass
H.__getattr__ = lambda self, n: "added later " + n
print(H().foo)
del H.__getattr__
try:
    H().foo
except AttributeError as e:
    print(e)
for call in ("getattr(1)", "getattr(1, 2)", "setattr(1, 'x', 2)", "setattr(a, 1, 2)", "delattr(a, 'w')", "hasattr(a, 5)", "getattr(a)", "getattr(a, 'b', 1, 2)", "(5).x", "'s'.y", "None.z", "len.q", "(5).real.w"):
    try:
        print(eval(call))
    except (TypeError, AttributeError) as e:
        print(call, "->", type(e).__name__, e)
for stmt in ("(5).x = 1", "'s'.y = 1", "None.z = 2", "len.q = 1", "int.q = 1", "[].x = 1", "object().x = 1", "a.real.imag = 2", "del int.real", "(1).real = 2", "type.x = 5"):
    try:
        exec(stmt)
    except (TypeError, AttributeError) as e:
        print(stmt, "->", type(e).__name__, e)
