"""Spectral norm of an infinite matrix: functions of two ints, float sums."""
import math


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    return [sum(a(i, j) * v[j] for j in range(len(v))) for i in range(len(v))]


def transposed_times(v):
    return [sum(a(j, i) * v[j] for j in range(len(v))) for i in range(len(v))]


n = 230
u = [1.0] * n
for _ in range(10):
    v = transposed_times(times(u))
    u = transposed_times(times(v))
vbv = sum(x * y for x, y in zip(u, v))
vv = sum(x * x for x in v)
print("%.9f" % math.sqrt(vbv / vv))
