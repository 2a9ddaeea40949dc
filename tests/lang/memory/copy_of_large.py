# Copies of large containers are independent and equal.
import copy, time
a = {i: [i, str(i), (i, {i})] for i in range(3000)}
b = copy.deepcopy(a); print(a == b, a[5] is b[5], a[5][2] is b[5][2])
b[5].append("x"); print(a == b, len(a[5]), len(b[5]))
c = a.copy(); print(c == a, c[7] is a[7]); d = dict(a); e = {**a}; print(d == e == a)
l = [[i] for i in range(5000)]; m = copy.deepcopy(l); m[0][0] = -1; print(l[0], m[0], sum(x[0] for x in m)); n = l * 2; print(n[0] is n[5000], len(n)); o = [*l, *l]; print(o == n)
s = set(range(10000)); t = s.copy(); t.add(-1); print(len(s), len(t), s < t); u = frozenset(s); print(copy.copy(u) is u, copy.deepcopy(u) == u)
tree = None
for i in range(200): tree = {"l": tree, "v": i}
q = copy.deepcopy(tree); print(q == tree, q["l"] is tree["l"]); shared = [1]; g = [shared] * 1000; h = copy.deepcopy(g); print(all(x is h[0] for x in h), h[0] is shared)
