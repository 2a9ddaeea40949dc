"""Fibonacci numbers of a thousand digits, factorials, powers, roots and primes.

    big_numbers.py [DIGITS]
"""
import sys
from math import comb, gcd, isqrt


def fibonacci(n):
    """F(n) by doubling: F(2k) and F(2k+1) from F(k) and F(k+1)."""
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


def first_fibonacci_with(digits):
    bound, a, b, n = 10 ** (digits - 1), 0, 1, 0
    while a < bound:
        a, b, n = b, a + b, n + 1
    return n, a


def factorial(n):
    product = 1
    for k in range(2, n + 1):
        product *= k
    return product


def is_prime(n):
    """Miller and Rabin with the first twelve primes."""
    small = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    if n < 2 or any(n % p == 0 for p in small):
        return n in small
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in small:
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def egcd(a, b):
    x, y = (1, 0), (0, 1)
    while b:
        q = a // b
        a, b = b, a - q * b
        x, y = y, (x[0] - q * y[0], x[1] - q * y[1])
    return a, *x


def sqrt_digits(n, digits):
    text = str(isqrt(n * 10 ** (2 * digits)))
    return text[:-digits] + "." + text[-digits:]


def main(argv):
    digits = int(argv[1]) if len(argv) > 1 else 1000
    n, value = first_fibonacci_with(digits)
    print(f"The first Fibonacci number with {digits} digits is F({n}):")
    text = str(value)
    for start in range(0, len(text), 100):
        print("  " + text[start:start + 100])
    print("doubling agrees:", fibonacci(n) == value, "digit sum:", sum(map(int, text)))

    for k in (10, 25, 100, 450):
        f = factorial(k)
        s = str(f)
        print(f"{k}! has {len(s)} digits, {len(s) - len(s.rstrip('0'))} zeros at the end, begins {s[:20]}, "
              f"{f.bit_length()} bits, odd part ends {hex(f // (f & -f))[-8:]}")

    mersenne = [p for p in range(2, 608) if is_prime(p) and is_prime(2 ** p - 1)]
    print("Mersenne exponents:", mersenne)
    print("2^607-1 =", 2 ** 607 - 1)
    print("sqrt 2 =", sqrt_digits(2, 60))
    print("C(200, 100) =", comb(200, 100))
    a, b = fibonacci(300), fibonacci(420)
    g, x, y = egcd(a, b)
    print("gcd of F(300) and F(420) is F(60):", g == gcd(a, b) == fibonacci(60), a * x + b * y == g)

    p, q, e = 2 ** 521 - 1, 2 ** 607 - 1, 65537
    d = egcd(e, (p - 1) * (q - 1))[1] % ((p - 1) * (q - 1))
    message = int.from_bytes(b"attack at dawn", "big")
    sealed = pow(message, e, p * q)
    opened = pow(sealed, d, p * q)
    print("sealed ends", sealed % 10 ** 20, "opened", opened.to_bytes(14, "big"))
    print("division:", divmod(-fibonacci(200), 10 ** 9 + 7), -(7 ** 80) >> 200, (3 ** 100) & (2 ** 64 - 1), 5 ** 60 ^ 3 ** 80)
    print("as float:", float(factorial(150)), factorial(60) / factorial(58), 10 ** 25 / 3)


if __name__ == "__main__":
    main(sys.argv)
