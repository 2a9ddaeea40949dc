# Building long strings in several ways gives equal results.
n = 20000
a = ""
for i in range(n): a += str(i)
b = "".join(str(i) for i in range(n)); c = "".join([str(i) for i in range(n)]); d = "".join(map(str, range(n)))
import io; s = io.StringIO(); [s.write(str(i)) for i in range(n)]; e = s.getvalue(); l = []
for i in range(n): l.append("%d" % i)
f = "".join(l); g = ("{}" * n).format(*range(n)); h = f"{a[:10]}{a[10:]}"
print(len({a, b, c, d, e, f, g, h}), len(a), hash(a) == hash(b), a is b); t = a; a += "x"; print(len(t), len(a)); u = "ab" * n; print(len(u), u.count("ba"), len(u.replace("a", "")), len(u[::2]), u[::-1][0]); v = "é" * n + "中"; print(len(v), len(v.encode()), v[-1], v.find("中")); w = [u[i:i + 10] for i in range(0, len(u), 10)]; print(len(w), "".join(w) == u, len(set(w)))
