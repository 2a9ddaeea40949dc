# Long arithmetic by hand against the built-in ints.
def add(a, b):
    r, c = [], 0
    for i in range(max(len(a), len(b))): c += (a[-1 - i] if i < len(a) else 0) + (b[-1 - i] if i < len(b) else 0); r.append(c % 10); c //= 10
    return ([c] if c else []) + r[::-1]
def mul(a, b):
    r = [0] * (len(a) + len(b))
    for i, x in enumerate(reversed(a)):
        c = 0
        for j, y in enumerate(reversed(b)): c += r[i + j] + x * y; r[i + j] = c % 10; c //= 10
        r[i + len(b)] += c
    while len(r) > 1 and not r[-1]: r.pop()
    return r[::-1]
D = lambda n: [int(c) for c in str(n)]; N = lambda d: int("".join(map(str, d)))
xs = [0, 7, 99, 12345, 10**20 + 7, 3**60, 2**200]
print(all(N(add(D(a), D(b))) == a + b and N(mul(D(a), D(b))) == a * b for a in xs for b in xs))
def kar(x, y):
    if x < 10 or y < 10: return x * y
    m = 10 ** (max(len(str(x)), len(str(y))) // 2); a, b = divmod(x, m); c, d = divmod(y, m); z0, z2 = kar(b, d), kar(a, c); return z2 * m * m + (kar(a + b, c + d) - z2 - z0) * m + z0
print(all(kar(a, b) == a * b for a in xs for b in xs), kar(3**80, 7**70) == 3**80 * 7**70)
def fib(n): return n if n < 2 else (lambda a, b: a * a + b * b if n % 2 else a * (2 * b - a))(fib(n // 2), fib(n // 2 + 1)) if n > 2 else 1
print([fib(n) for n in range(15)], fib(100), sum(map(int, str(fib(300)))))
def modpow(b, e, m):
    r = 1
    while e:
        if e & 1: r = r * b % m
        b = b * b % m; e >>= 1
    return r
print(modpow(3, 10**18, 10**9 + 7) == pow(3, 10**18, 10**9 + 7), modpow(2**100, 2**60, 97))
def isqrt(n):
    x = n
    while (y := (x + n // x) // 2) < x: x = y
    return x
print(isqrt(10**40), [isqrt(n) for n in (1, 2, 15, 16, 17)]); e, t, k = 10**60, 10**60, 1
while t: t //= k; e += t; k += 1
print(str(e - 0)[:50], [n for n in range(1, 60) if n == sum(int(c) ** len(str(n)) for c in str(n))], max(range(1, 100), key=lambda d: next(i for i in range(1, 200) if pow(10, i, d) == 1) if d % 2 and d % 5 and d > 1 else 0))
def crt(rs, ms):
    M = 1
    for m in ms: M *= m
    return sum(r * (M // m) * pow(M // m, -1, m) for r, m in zip(rs, ms)) % M
print(crt([2, 3, 2], [3, 5, 7]), hex(2**521 - 1)[:10], len(str(2**2203 - 1)), (2**127 - 1) % 19, -(2**127) // 10**9, divmod(-7**50, 3**20))
