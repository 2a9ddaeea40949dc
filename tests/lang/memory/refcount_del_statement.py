# del removes one reference, of any target.
import sys
class A: pass
x = object(); base = sys.getrefcount(x)
a = A(); a.x = x; l = [x, x]; d = {"k": x}; y = x
print(sys.getrefcount(x) - base)
del a.x; print(sys.getrefcount(x) - base)
del l[0]; print(sys.getrefcount(x) - base)
del d["k"]; print(sys.getrefcount(x) - base)
del y, l[:]; print(sys.getrefcount(x) - base)
