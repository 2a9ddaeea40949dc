"""Binomial coefficients and factorials on both sides of machine words; ints from and to digits and bytes."""
import math
import random

chance = random.Random(4)
print(all(math.comb(n, k) == math.factorial(n) // math.factorial(k) // math.factorial(n - k)
          for n in range(75) for k in range(n + 1)))
print(math.comb(100, 50), math.comb(300, 7), math.comb(10**20, 3), math.comb(5000, 2500) % 10**20)
print(math.factorial(20), math.factorial(21), math.factorial(300) % 10**30 == 0, math.factorial(2500) % 10007**2)
print(math.hypot(3, 4), math.hypot(1e-300, 1e-300), math.hypot(1e200, 1e200), math.hypot(1, 2, 3, 4), math.dist((1, 2), (4, 6)))
print(math.prod([0.5, 4.0, 3]), math.prod([1e200, 1e200]), math.prod([2, 0.25]))
for _ in range(200):
    n = chance.getrandbits(chance.choice([1, 30, 62, 63, 64, 65, 127, 128, 200, 2500]))
    size = (n.bit_length() + 8) // 8 + 1
    for order in "big", "little":
        for value in n, -n:
            raw = value.to_bytes(size, order, signed=True)
            assert int.from_bytes(raw, order, signed=True) == value
            assert int(str(value)) == value and int(hex(value), 16) == value
        assert int.from_bytes(n.to_bytes(size, order), order) == n
    a, b, k = n, chance.getrandbits(130) + 1, chance.randrange(150)
    assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b)
    assert a // b * b + a % b == a and (a << k) >> k == a and a >> k == a // 2**k
    assert -a & b == b & -a and ~a == -a - 1 and (-a >> k) == -a // 2**k
print("done", int("0" * 30 + "7"), int("9" * 599) + 1 == 10**599)
