# C3, diamonds and method resolution.
class A:
    def who(self): return "A"
    def chain(self): return ["A"]
class B(A):
    def who(self): return "B"
    def chain(self): return ["B"] + super().chain()
class C(A):
    def who(self): return "C"
    def chain(self): return ["C"] + super().chain()
class D(B, C):
    def chain(self): return ["D"] + super().chain()
class E(C, B): pass
print([k.__name__ for k in D.__mro__], [k.__name__ for k in E.mro()])
print(D().who(), E().who(), D().chain(), E().chain())
try:
    class F(D, E): pass
except TypeError as e:
    print(e)
try:
    class G(A, B): pass
except TypeError as e:
    print(e)
try:
    class H(A, A): pass
except TypeError as e:
    print(e)
try:
    class I(int, str): pass
except TypeError as e:
    print(e)
for bad in ("bool", "type(None)", "type(lambda: 0)", "range", "slice", "type(Ellipsis)", "5", "'x'", "memoryview"):
    try:
        exec(f"class J({bad}): pass")
    except TypeError as e:
        print(bad, "->", e)
    else:
        print(bad, "ok")
class O(object): pass
class X(O): pass
class Y(O): pass
class Z(X, Y): pass
class K1(X, Y): pass
class K2(Z, K1): pass
print([k.__name__ for k in K2.__mro__])
print(issubclass(D, (int, A)), issubclass(A, D), isinstance(D(), (B, int)), D.__base__.__name__, [b.__name__ for b in D.__bases__])
print([k.__name__ for k in A.__subclasses__()])
A.who = lambda self: "patched A"
class L(A): pass
print(L().who(), A().who(), B().who())
del B.who
print(D().who(), B().who())
class M(int):
    def __add__(self, o): return M(int(self) + o + 100)
print(M(1) + 1, type(M(1) + 1).__name__, M(1) - 1, M(5) == 5, {M(1): 2}[1], [10, 20][M(1)])
