# Slices of lists and tuples count their elements.
import sys
x = object(); base = sys.getrefcount(x)
l = [x] * 10; a = l[2:5]; b = l[::2]; print(sys.getrefcount(x) - base); del a, b
l[2:4] = [x]; print(sys.getrefcount(x) - base); del l[::3]; print(sys.getrefcount(x) - base); l[:] = l[:2]; print(sys.getrefcount(x) - base); l *= 3; print(sys.getrefcount(x) - base); l += l; print(sys.getrefcount(x) - base); l.extend(l); print(sys.getrefcount(x) - base); l.pop(); l.insert(0, x); l.remove(x); print(sys.getrefcount(x) - base); l.clear(); print(sys.getrefcount(x) - base)
t = (x,) * 5; u = t[1:3]; v = t[:]; print(sys.getrefcount(x) - base, v is t); del t, u, v; s = slice(x, x, x); print(sys.getrefcount(x) - base); del s; print(sys.getrefcount(x) - base)
