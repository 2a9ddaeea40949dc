# Sorting keeps counts, also when it fails.
import sys
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if self.v == 13: raise ValueError
        return self.v < o.v
ks = [K(i * 7 % 20) for i in range(20)]; base = [sys.getrefcount(k) for k in ks]
try: sorted(ks)
except ValueError: pass
try: ks[:].sort(key=lambda k: k)
except ValueError: pass
print([sys.getrefcount(k) for k in ks] == base)
ks[0].v = 13 if ks[0].v != 13 else 0
l = sorted(ks, key=lambda k: k.v); print([sys.getrefcount(k) for k in ks] == [b + 1 for b in base]); del l
max(ks, key=lambda k: k.v); min(ks, key=lambda k: -k.v); print([sys.getrefcount(k) for k in ks] == base)
