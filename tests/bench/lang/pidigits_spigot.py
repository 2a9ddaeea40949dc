"""Digits of pi by a spigot, factorials, powers, gcd, big divisions, int to text and back."""
from math import comb, factorial, gcd, isqrt


def digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while n:
        if 4 * q + r - t < m * t:
            yield m
            n -= 1
            q, r, m = q * 10, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2


def is_prime(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for a in (2, 3, 5, 7, 11, 13):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


print("".join(map(str, digits(1600))))
print(len(str(factorial(1500))), gcd(2 ** 400 - 1, 2 ** 300 - 1) % 1000007, isqrt(10 ** 80) % 1000007, comb(300, 150) % 1000007)
print([n for n in range(10 ** 18, 10 ** 18 + 3000) if n % 2 and is_prime(n)][:3])
a, b = 0, 1
for _ in range(40000):
    a, b = b, a + b
print(a % 10 ** 20, int(str(a)[:60]) % 97, sum((1 << i) % 1000003 for i in range(3000)))
