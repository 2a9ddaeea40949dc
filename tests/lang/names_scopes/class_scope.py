# Class bodies are a scope that functions inside do not see.
x = "module"
class A:
    x = "class"
    y = x + "!"
    def method(self): return x
    values = [1, 2, 3]
    total = sum(v for v in values)
    pairs = [(a, b) for a in values for b in (1, 2)]
    try:
        nested = [x for _ in range(1)]
    except NameError as e:
        nested = str(e)
    z = lambda self: x
    if True:
        conditional = "yes"
    for loop in range(2): pass
    del values
print(A.y, A().method(), A.total, len(A.pairs), A.nested, A().z(), A.conditional, A.loop)
print(hasattr(A, "values"))
def f():
    x = "function"
    class B:
        seen = x
        def m(self): return x
    class C:
        x = x if False else "own"
        def m(self): return x
    return B.seen, B().m(), C.x, C().m()
try:
    print(f())
except NameError as e:
    print(e)
class D:
    x = x
    class E:
        inner = x
print(D.x, D.E.inner, D.E.__qualname__)
def g():
    y = 1
    class F:
        nonlocal y
        y = 2
        z = 3
    return y, hasattr(F, "y")
print(g())
class G:
    global made_here
    made_here = 7
print(made_here, hasattr(G, "made_here"))
class H:
    locals()["dynamic"] = 5
    names = sorted(n for n in locals() if not n.startswith("__"))
print(H.dynamic, H.names)
class I:
    __private = 1
    def get(self): return self.__private
    def set(self): self.__hidden = 2; return sorted(vars(self))
print(I().get(), I().set(), [n for n in vars(I) if "private" in n])
