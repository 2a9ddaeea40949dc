# Numbers far beyond a machine word.
import math
f = 1
for i in range(1, 101): f *= i
print(f)
a, b = 0, 1
for _ in range(500): a, b = b, a + b
print(a)
print(2**1000 % 10**50, 3**500 // 7**200, (10**100 - 1) % 97, -(10**50) // 7, -(10**50) % 7, 10**50 // -7)
print(math.isqrt(10**100), math.gcd(2**100 * 3**50, 6**60), math.factorial(50), math.comb(100, 50), math.perm(20, 5), math.lcm(10**10, 15**8))
x = 12345678901234567890123456789
print(x * x, x ** 5 % 10**30, x >> 3, x << 70, x & (x >> 1), x | 1 << 200, x ^ -x, -x >> 4, ~x)
print(hash(x), hash(-x), hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**61 - 2), hash(2**200) == hash(2.0**200))
print(x == float(x), x < 1e30, x > 1e28, 10**400 > 1e308, -10**400 < float("-inf"), 10**400 < float("inf"), 2**53 + 1 == float(2**53 + 1), 2**53 == float(2**53))
print(float(10**20), float(2**1000), (10**25) / 1, x / 10**10, 10**23 / 1, int(1e23), x // 1e10, x % 1000.0)
try: float(10**400)
except OverflowError as e: print(e)
try: 10**400 + 1.0
except OverflowError as e: print(e)
try: math.sqrt(10**400)
except OverflowError as e: print(e)
def digits(n, base):
    out = []
    while n: n, r = divmod(n, base); out.append(r)
    return out[::-1]
print(digits(x, 16), digits(10**20, 7), int("".join(map(str, digits(x, 2))), 2) == x)
def isprime(n): return n > 1 and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7) if a < n)
print([p for p in range(2, 130) if isprime(p) and isprime(2**p - 1)])
print(sum(10**i for i in range(40)), sum(range(10**15, 10**15 + 3)), max(2**100, 3**60), sorted([2**65, -2**65, 0, 2**64]), [2**64, 5].index(2**64), 2**64 in {2**64: 1}, (2**64, 1) < (2**64, 2))
y = 2**64; y += 1; y -= 2**64; print(y, y is 1 or y == 1, type(y))
print([x for x in range(2**64, 2**64 + 3)], len(range(2**62, 2**62 + 5)), 2**64 in range(0, 2**65, 2), range(2**70)[-1])
