# Clearing, refilling and shrinking lists and dicts.
import sys
l = list(range(1000)); a = sys.getsizeof(l); del l[1:]; b = sys.getsizeof(l); l.extend(range(999)); c = sys.getsizeof(l); print(b < a, c >= 8000, len(l))
l = [None] * 100; s0 = sys.getsizeof(l); l.append(1); s1 = sys.getsizeof(l); print(s1 > s0); l = [*range(100)]; l2 = list(range(100)); print(abs(sys.getsizeof(l) - sys.getsizeof(l2)) < 200)
grow = []
sizes = set()
for i in range(10000): grow.append(i); sizes.add(sys.getsizeof(grow))
print(10 < len(sizes) < 100)
while len(grow) > 10: grow.pop()
print(sys.getsizeof(grow) < 1000); d = {i: i for i in range(1000)}; s = sys.getsizeof(d)
for i in range(990): del d[i]
print(sys.getsizeof(d) <= s, len(d)); e = dict(d); print(sys.getsizeof(e) < s, e == d); st = set(range(1000)); s = sys.getsizeof(st); st2 = st.copy(); print(abs(sys.getsizeof(st2) - s) <= s); st.clear(); print(sys.getsizeof(st) < s)
b = bytearray(); sizes = set()
for i in range(5000): b.append(1); sizes.add(sys.getsizeof(b))
print(len(sizes) < 500, len(b))
