# Counting references of fresh strings and big numbers.
import sys
s = "".join(["fresh ", "string ", str(12345)])
print(sys.getrefcount(s)); t = s; print(sys.getrefcount(s)); del t
l = [s] * 10; print(sys.getrefcount(s)); del l; print(sys.getrefcount(s))
n = int("123456789012345678901234567890"); base = sys.getrefcount(n); m = n; k = [n, n]; print(sys.getrefcount(n) - base)
u = s; u += "more"; print(sys.getrefcount(s)); d = {s: s}; print(sys.getrefcount(s)); d.clear(); print(sys.getrefcount(s))
b = bytes(bytearray(b"fresh bytes")); print(sys.getrefcount(b)); c = b[:]; print(c is b, sys.getrefcount(b))
