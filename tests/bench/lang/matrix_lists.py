"""Nested lists: a matrix product by indices, and dynamic programming."""


def product(a, b, n):
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c


def edit_distance(s, t):
    previous = list(range(len(t) + 1))
    for i, a in enumerate(s, 1):
        current = [i]
        for j, b in enumerate(t, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


n = 170
a = [[i * j % 7 for j in range(n)] for i in range(n)]
c = product(a, a, n)
print(sum(map(sum, c)), edit_distance("kitten sitting" * 55, "sitting kitten" * 50))
