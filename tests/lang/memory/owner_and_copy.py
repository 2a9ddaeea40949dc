# Two names, one object; a copy is another object.
import sys, copy
a = [1, [2]]; b = a; c = a[:]; d = copy.deepcopy(a)
print(a is b, a is c, a == c, a[1] is c[1], a[1] is d[1], a == d)
b.append(3); c[1].append("shared"); d[1].append("own"); print(a, c, d)
print(sys.getrefcount(a) - sys.getrefcount(c), id(a) == id(b), id(a) == id(c))
del b; b = 5; print(a, b)
