# Definitions inside definitions.
def outer():
    def mid():
        class C:
            def m(self):
                def inner(): return "deep"
                return inner()
            class D:
                def n(self): return "nested class"
        return C
    return mid()
C = outer()
print(C().m(), C.D().n(), C.__qualname__, C.D.n.__qualname__, C.m.__qualname__)
class A:
    class B:
        class E: x = 1
        y = E.x + 1
    z = B.y + 1
    def make(self):
        class Local(A): w = self.z
        return Local
print(A.B.E.x, A.B.y, A.z, A().make().w, A().make().__mro__[1] is A)
if True:
    def cond(): return "defined in if"
else:
    def cond(): return "no"
for i in range(2):
    def loop(): return i
    class L: n = i
print(cond(), loop(), L.n)
try:
    def in_try(): return "try"
finally:
    def in_fin(): return "fin"
print(in_try(), in_fin()); fs = {}
for name in "ab":
    def f(n=name): return n
    fs[name] = f
print([g() for g in fs.values()], (lambda: (lambda: (lambda: 5)())())())
def gen():
    def helper(x): return x * 2
    for i in range(3): yield helper(i)
print(list(gen()))
