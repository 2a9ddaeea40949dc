"""Integers beyond a machine word: products, powers, division, conversion."""


def run():
    a, b = 0, 1
    for _ in range(60000):
        a, b = b, a + b
    f = 1
    for i in range(1, 5000):
        f *= i
    m = 2 ** 521 - 1
    x = 3
    for _ in range(10000):
        x = x * x % m
    digits = str(3 ** 8000)
    total = 0
    for i in range(2500000):
        total += (i << 40) * 12345 % 1000000007
    return b % 10 ** 30, f % 10 ** 20, x % 10 ** 20, digits[:10], total, pow(7, m - 1, m)


print(run())
