# Swaps and rotations leave counts as they were.
import sys
a, b, c = object(), object(), object()
n = [sys.getrefcount(o) for o in (a, b, c)]
ids = id(a), id(b), id(c)
a, b = b, a
a, b, c = c, a, b
print((id(a), id(b), id(c)) == (ids[2], ids[1], ids[0]))
print([sys.getrefcount(o) for o in (a, b, c)] == n)
l = [a, b, c]; l[0], l[2] = l[2], l[0]; l.reverse(); l.sort(key=id); l[:] = l[::-1]; del l
print([sys.getrefcount(o) for o in (a, b, c)] == n)
