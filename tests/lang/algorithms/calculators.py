# Reverse Polish, infix by shunting-yard, units, time.
def rpn(s):
    st = []
    for t in s.split():
        if t in "+-*/^": b, a = st.pop(), st.pop(); st.append({"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else float("nan"), "^": a ** b}[t])
        else: st.append(float(t))
    return st
def shunt(s):
    out, ops, prec = [], [], {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
    for t in s.replace("(", " ( ").replace(")", " ) ").split():
        if t in prec:
            while ops and ops[-1] != "(" and (prec[ops[-1]] > prec[t] or prec[ops[-1]] == prec[t] and t != "^"): out.append(ops.pop())
            ops.append(t)
        elif t == "(": ops.append(t)
        elif t == ")":
            while ops[-1] != "(": out.append(ops.pop())
            ops.pop()
        else: out.append(t)
    return " ".join(out + ops[::-1])
for e in ("1 + 2 * 3", "( 1 + 2 ) * 3", "2 ^ 3 ^ 2", "8 / 4 / 2", "2 * ( 3 + 4 ) ^ 2 - 1"): print(e, "=", shunt(e), "=", rpn(shunt(e)))
try: rpn("1 +")
except IndexError as e: print(e)
def hms(s): m, s = divmod(s, 60); h, m = divmod(m, 60); return f"{h:02}:{m:02}:{s:02}"
print(hms(3661), hms(0), hms(86399), [round(c * 9 / 5 + 32, 1) for c in (-40, 0, 36.6, 100)])
class Vec:
    def __init__(self, *c): self.c = c
    def __add__(s, o): return Vec(*(a + b for a, b in zip(s.c, o.c)))
    def __sub__(s, o): return s + o * -1
    def __mul__(s, k): return Vec(*(a * k for a in s.c))
    def __matmul__(s, o): return sum(a * b for a, b in zip(s.c, o.c))
    def __abs__(s): return (s @ s) ** .5
    def __eq__(s, o): return s.c == o.c
    def __repr__(s): return f"Vec{s.c}"
print(Vec(1, 2) + Vec(3, 4), Vec(5, 5) - Vec(1, 2), Vec(1, 2) * 3, Vec(1, 2) @ Vec(3, 4), abs(Vec(3, 4)), Vec(1) == Vec(1))
class Poly:
    def __init__(self, *c): self.c = c
    def __call__(self, x):
        r = 0
        for a in self.c: r = r * x + a
        return r
    def __mul__(s, o):
        r = [0] * (len(s.c) + len(o.c) - 1)
        for i, a in enumerate(s.c):
            for j, b in enumerate(o.c): r[i + j] += a * b
        return Poly(*r)
    def d(self): n = len(self.c) - 1; return Poly(*(a * (n - i) for i, a in enumerate(self.c[:-1])))
    def __repr__(self): return " + ".join(f"{a}x^{len(self.c) - 1 - i}" for i, a in enumerate(self.c) if a)
p = Poly(1, -3, 2); print(p, p(3), p.d(), p * Poly(1, 1), [x for x in range(5) if p(x) == 0])
def newton(f, d, x):
    for _ in range(20): x -= f(x) / d(x)
    return round(x, 9)
print(newton(p, p.d(), 5.0), newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0), round(sum((i / 1000) ** 2 / 1000 for i in range(1000)), 6))
