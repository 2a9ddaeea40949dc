# Matrices as lists of lists.
def mul(a, b): return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
def det(m): return m[0][0] if len(m) == 1 else sum((-1) ** i * m[0][i] * det([r[:i] + r[i + 1:] for r in m[1:]]) for i in range(len(m)))
def power(m, n):
    r = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    while n:
        if n & 1: r = mul(r, m)
        m = mul(m, m); n >>= 1
    return r
def spiral(m):
    out = []
    while m: out += m.pop(0); m = [list(r) for r in zip(*m)][::-1]
    return out
def rotate(m): return [list(r) for r in zip(*m[::-1])]
def gauss(a, b):
    n = len(a); m = [r[:] + [v] for r, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i])); m[i], m[p] = m[p], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]; m[r] = [x - f * y for x, y in zip(m[r], m[i])]
    x = [0] * n
    for i in reversed(range(n)): x[i] = (m[i][n] - sum(m[i][j] * x[j] for j in range(i + 1, n))) / m[i][i]
    return [round(v, 9) for v in x]
def pascal(n): r = [1]; return [r] + [r := [1] + [a + b for a, b in zip(r, r[1:])] + [1] for _ in range(n - 1)]
def magic(n):
    m = [[0] * n for _ in range(n)]; r, c = 0, n // 2
    for k in range(1, n * n + 1):
        m[r][c] = k; nr, nc = (r - 1) % n, (c + 1) % n
        if m[nr][nc]: nr, nc = (r + 1) % n, c
        r, c = nr, nc
    return m
print(mul([[1, 2], [3, 4]], [[5, 6], [7, 8]]), det([[2, 0, 1], [1, 3, 2], [1, 1, 1]]), power([[1, 1], [1, 0]], 50), spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), rotate([[1, 2], [3, 4]]), gauss([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3]), pascal(6), magic(3), [sum(r) for r in magic(5)], sep="\n")
print([list(r) for r in zip(*[[1, 2], [3, 4]])], [[r[i] for r in [[1, 2], [3, 4]]] for i in (0, 1)], sum(([1, 2], [3]), []), [[x * y for x in range(1, 4)] for y in range(1, 4)], all(a == b for a, b in zip([[1]], [[1]])))
