# Functions receive references: what the caller sees.
def mutate(l): l.append("seen")
def rebind(l): l = ["unseen"]; return l
def both(l): l.append(1); l = l + [2]; return l
a = []; mutate(a); r = rebind(a); b = both(a); print(a, r, b)
def num(n): n += 1; return n
x = 5; print(num(x), x)
def dic(d): d["k"] = 1; d = {"other": 2}; return d
d = {}; print(dic(d), d)
def obj(o): o.attr = 1; o = None; return o
class O: pass
o = O(); print(obj(o), o.attr)
def dflt(l=[]): l.append(len(l)); return l
print(dflt(), dflt(), dflt([9]), dflt())
def star(*args): args += (1,); return args
t = (0,); print(star(*t), t)
def kw(**k): k["new"] = 1; return k
k = {"a": 0}; print(kw(**k), k)
def ret(l): return l
print(ret(a) is a, (lambda v: v)(d) is d, [a][0] is a, {"k": a}["k"] is a, (a, a)[0] is (a, a)[1])
def nested(m): m[0][0] = "deep"; m[1] = "top"
m = [[1], [2]]; c = m[:]; nested(c); print(m, c)
def swap(a, b): a, b = b, a; return a, b
p, q = [1], [2]; print(swap(p, q), p, q)
def clear(l): l.clear(); del l
e = [1, 2]; clear(e); print(e)
