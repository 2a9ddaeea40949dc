# A name, a second name, del.
import sys
x = object()
print(sys.getrefcount(x))
y = x
print(sys.getrefcount(x), sys.getrefcount(y))
del y
print(sys.getrefcount(x))
z = w = x
print(sys.getrefcount(x))
z = None
print(sys.getrefcount(x))
w = w
print(sys.getrefcount(x))
