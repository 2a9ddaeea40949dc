# A subclass's reflected method goes first.
class A:
    def __add__(self, o): return "A.add"
    def __radd__(self, o): return "A.radd"
    def __lt__(self, o): return "A.lt"
    def __gt__(self, o): return "A.gt"
    def __eq__(self, o): return "A.eq"
class B(A):
    def __radd__(self, o): return "B.radd"
    def __gt__(self, o): return "B.gt"
    def __eq__(self, o): return "B.eq"
class C(A): pass
class D:
    def __radd__(self, o): return "D.radd"
print(A() + A(), A() + B(), B() + A(), A() + C(), C() + A(), A() + D(), 1 + D())
print(A() < B(), B() < A(), A() < C(), A() == B(), B() == A(), A() > B())
class MyInt(int):
    def __radd__(self, o): return "MyInt.radd"
    def __rsub__(self, o): return "MyInt.rsub"
    def __eq__(self, o): return "MyInt.eq"
    __hash__ = int.__hash__
print(1 + MyInt(2), MyInt(2) + 1, 5 - MyInt(1), 1 == MyInt(1), MyInt(1) == 1, 1.5 + MyInt(1))
class MyStr(str):
    def __rmod__(self, o): return "rmod"
    def __radd__(self, o): return "radd"
print("%s" % MyStr("x"), "a" + MyStr("b"))
class MyList(list):
    def __radd__(self, o): return "radd"
    def __rmul__(self, n): return "rmul"
print([1] + MyList([2]), 3 * MyList([1]), MyList([1]) * 2)
class N:
    def __add__(self, o): print("N.add"); return NotImplemented
    def __radd__(self, o): print("N.radd"); return NotImplemented
    def __eq__(self, o): print("N.eq"); return NotImplemented
class M:
    def __radd__(self, o): print("M.radd"); return "ok"
print(N() + M())
try:
    N() + N()
except TypeError as e:
    print(e)
n = N()
print(n == n, n == 1, n != 1)
class X:
    def __iadd__(self, o): print("iadd"); return NotImplemented
    def __add__(self, o): return "fell back"
x = X(); x += 1
print(x)
