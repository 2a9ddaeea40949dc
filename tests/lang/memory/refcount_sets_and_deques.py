# Sets, deques, arrays of objects.
import sys
from collections import deque, OrderedDict, defaultdict, Counter
x = object(); base = sys.getrefcount(x)
s = {x}; s.add(x); print(sys.getrefcount(x) - base); t = s | {x}; u = frozenset(s); print(sys.getrefcount(x) - base); del t, u; s.discard(x); print(sys.getrefcount(x) - base)
q = deque([x] * 3, maxlen=3); q.append(x); q.appendleft(x); print(sys.getrefcount(x) - base); q.rotate(1); q.popleft(); print(sys.getrefcount(x) - base); q.clear(); print(sys.getrefcount(x) - base)
o = OrderedDict(a=x); o.move_to_end("a"); dd = defaultdict(lambda: x); dd["z"]; print(sys.getrefcount(x) - base); o.clear(); dd.clear(); print(sys.getrefcount(x) - base)
c = Counter(); c[x] += 1; c[x] += 1; print(sys.getrefcount(x) - base); del c[x]; print(sys.getrefcount(x) - base)
