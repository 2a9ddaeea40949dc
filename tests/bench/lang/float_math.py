"""Float arithmetic and the math module."""
import math


def run(n):
    x, y, total = 0.5, 1.5, 0.0
    for i in range(n):
        x = x * 1.0000001 + y / (i + 1.0)
        y = (x - y) * 0.5
        total += x * y - x / (1.0 + y * y)
    for i in range(1, n // 3):
        total += math.sqrt(i) * math.sin(i) + abs(math.cos(i))
    integral = 0.0
    steps = n // 2
    for i in range(steps):
        t = (i + 0.5) / steps
        integral += 4.0 / (1.0 + t * t)
    return repr(total), repr(integral / steps)


print(run(1500000))
