# Life, rule 110, Sierpinski, Koch lengths, Mandelbrot, dragon curve.
def life(cells, n):
    for _ in range(n):
        c = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1): c[x + dx, y + dy] = c.get((x + dx, y + dy), 0) + ((dx, dy) != (0, 0))
        cells = {p for p, k in c.items() if k == 3 or k == 2 and p in cells}
    return cells
glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}; print(sorted(life(glider, 4)) == sorted((x + 1, y + 1) for x, y in glider), len(life({(0, 1), (1, 1), (2, 1)}, 5)), sorted(life({(0, 0)}, 1)))
print("\n".join("".join("*" if x & y == 0 else " " for x in range(16)).rstrip() for y in range(16)))
def dragon(n): s = "R"; [s := s + "R" + s[::-1].translate(str.maketrans("RL", "LR")) for _ in range(n)]; return s
print(dragon(4)); x = y = d = 0; seen = {(0, 0)}
for t in dragon(8): d = (d + (1 if t == "R" else -1)) % 4; x += (0, 1, 0, -1)[d]; y += (1, 0, -1, 0)[d]; seen.add((x, y))
print(x, y, len(seen))
for r in range(-6, 7, 2): print("".join(" .:-=+*#%@"[min(9, next((i for i in range(30) if abs(z := (z * z + complex(c / 20, r / 5)) if i else 0j) > 2), 27) // 3)] for c in range(-40, 12, 2)))
def lsys(ax, rules, n):
    for _ in range(n): ax = "".join(rules.get(c, c) for c in ax)
    return ax
print(lsys("A", {"A": "AB", "B": "A"}, 6), len(lsys("F", {"F": "F+F-F-F+F"}, 4)), [len(lsys("A", {"A": "AB", "B": "A"}, n)) for n in range(10)])
def hilbert(n, d):
    x = y = 0; s = 1
    while s < n:
        rx = 1 & d // 2; ry = 1 & (d ^ rx)
        if ry == 0:
            if rx: x, y = s - 1 - x, s - 1 - y
            x, y = y, x
        x += s * rx; y += s * ry; d //= 4; s *= 2
    return x, y
print([hilbert(4, d) for d in range(16)], all(abs(a - c) + abs(b - e) == 1 for (a, b), (c, e) in zip([hilbert(16, d) for d in range(256)], [hilbert(16, d) for d in range(1, 256)])))
