# Lists grow in steps: appending changes the size seldom.
import sys
l, changes, last = [], 0, -1
for i in range(1000):
    l.append(i)
    if sys.getsizeof(l) != last: changes += 1; last = sys.getsizeof(l)
print(5 < changes < 100, sys.getsizeof(l) >= 8000)
size = sys.getsizeof(l)
l.clear(); print(sys.getsizeof(l) < 200, l)
k = list(range(1000)); del k[10:]; print(sys.getsizeof(k) < size, len(k))
m = [0] * 1000; n = m * 1; print(sys.getsizeof(n) <= sys.getsizeof(m) + 64)
while k: k.pop()
print(sys.getsizeof(k) < 300)
d = {}; big = 0
for i in range(1000): d[i] = i
big = sys.getsizeof(d); d.clear(); print(sys.getsizeof(d) < big)
s = set(range(1000)); big = sys.getsizeof(s); s.clear(); print(sys.getsizeof(s) < big)
