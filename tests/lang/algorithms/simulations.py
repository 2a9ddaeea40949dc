# Small deterministic simulations.
class LCG:
    def __init__(self, s): self.s = s
    def __call__(self, n): self.s = (self.s * 1103515245 + 12345) & 0x7fffffff; return (self.s >> 16) % n
r = LCG(42); print([r(6) + 1 for _ in range(10)])
def walk(n, rnd):
    x = y = 0
    for _ in range(n): dx, dy = ((0, 1), (1, 0), (0, -1), (-1, 0))[rnd(4)]; x += dx; y += dy
    return x, y
print(walk(1000, LCG(1)), walk(1000, LCG(2)))
def ca(rule, width, steps):
    row = [0] * width; row[width // 2] = 1
    for _ in range(steps):
        yield "".join(".#"[c] for c in row)
        row = [rule >> (row[i - 1] * 4 + row[i] * 2 + row[(i + 1) % width]) & 1 for i in range(width)]
print(*ca(30, 31, 8), *ca(90, 31, 8), sep="\n")
def ant(n):
    black, x, y, d = set(), 0, 0, 0
    for _ in range(n):
        d = (d + (1 if (x, y) not in black else -1)) % 4; black ^= {(x, y)}; x += (0, 1, 0, -1)[d]; y += (-1, 0, 1, 0)[d]
    return len(black), x, y
print(ant(1000), ant(5000))
def josephus(n, k):
    p, i, out = list(range(1, n + 1)), 0, []
    while p: i = (i + k - 1) % len(p); out.append(p.pop(i))
    return out
print(josephus(7, 3), josephus(41, 3)[-1])
def bank(days, rate): 
    b = 100.0
    for d in range(days): b *= 1 + rate / 365; b -= 0.01 if d % 30 == 0 else 0
    return round(b, 6)
print(bank(365, 0.05))
def dice(n, rnd):
    c = {}
    for _ in range(n): s = rnd(6) + rnd(6) + 2; c[s] = c.get(s, 0) + 1
    return dict(sorted(c.items()))
print(dice(3600, LCG(7)))
def pid(steps):
    v = i = pe = 0.0
    for _ in range(steps): e = 1 - v; i += e * .1; v += (.5 * e + .1 * i + .05 * (e - pe)) * .1; pe = e
    return round(v, 6)
print(pid(200)); print(sum(1 for i in range(5000) if (LCG(i)(1000) / 1000) ** 2 + (LCG(i * 7)(1000) / 1000) ** 2 <= 1))
