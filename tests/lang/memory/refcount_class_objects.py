# Instances refer to their class.
import sys
class A: pass
base = sys.getrefcount(A)
xs = [A() for _ in range(10)]; print(sys.getrefcount(A) - base)
del xs; print(sys.getrefcount(A) - base)
a = A(); a2 = type(a); print(sys.getrefcount(A) - base); del a2, a
class B(A): pass
print(sys.getrefcount(A) - base > 0)
n = sys.getrefcount(B); b = B(); b.__class__ = A; print(sys.getrefcount(B) - n)
def f(): return A()
f(); print(sys.getrefcount(A) > 0)
