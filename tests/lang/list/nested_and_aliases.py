# Lists in lists, aliases, multiplication and copies.
m = [[0] * 3] * 3; m[0][0] = 1; print(m, m[0] is m[1])
n = [[0] * 3 for _ in range(3)]; n[0][0] = 1; print(n)
a = [1, 2]; b = a; b += [3]; c = a + []; c.append(4); print(a, b, c, a is b, a == c[:3])
d = [a, a]; a.append(9); print(d, d[0] is d[1]); e = list(d); e[0] = "changed"; print(d[0] is a, e)
def f(x=[]): x.append(len(x)); return x
print(f(), f(), f([]), f())
x = [[]]; x *= 3; x[0].append(1); print(x); y = x[:]; y.append(2); y[0].append(3); print(x, y)
g = [1, [2, [3, [4]]]]; g[1][1][1][0] = "deep"; print(g, g[1][1][1]); h = g[1]; g[1] = None; print(g, h)
t = ([], [1]); t[0].append("in tuple"); print(t)
try: t[0] += [2]
except TypeError as err: print(err, t)
z = [1, 2, 3]; z[1:2] = [z]; print(z, z[1] is z); z[1] = z[1][:]; print(z)
p = [1]; q = [p]; p.append(q); print(p, q, p[1] is q, q[0] is p); r = [p, q] == [p, q]; print(r)
w = [i for i in range(5)]; v = w; w = w[::-1]; print(v, w); v.reverse(); print(v == w, v is w)
s = sorted(w); print(s is w, s); w.sort(); print(s == w); k = [w, w[:]]; k[0].clear(); print(k)
