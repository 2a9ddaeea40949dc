"""Digits of pi from an endless generator, beside other series for the same number.

    pi_digits.py [DIGITS]
"""
import itertools
import math
import sys
from functools import reduce


def spigot():
    """Digits of pi, one at a time, from a continued fraction in exact integers."""
    q, r, t, k, n, m = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, m = (q * k, (2 * q + r) * m, t * m, k + 1, (q * (7 * k + 2) + r * m) // (t * m), m + 2)


def arctan_inverse(x, unity):
    """arctan(1/x) times unity."""
    total = term = unity // x
    square = x * x
    for n in itertools.count(3, 2):
        term = -(term // square)
        if term == 0:
            return total
        total += term // n


def machin(digits):
    """pi times 10**digits by 16 arctan(1/5) - 4 arctan(1/239), with guard digits."""
    unity = 10 ** (digits + 10)
    return 4 * (4 * arctan_inverse(5, unity) - arctan_inverse(239, unity)) // 10 ** 10


def leibniz():
    total, sign = 0.0, 1.0
    for n in itertools.count(1, 2):
        total += sign * 4 / n
        sign = -sign
        yield total


def accelerated(sequence):
    """Aitken's delta squared over three neighbours."""
    a, b = next(sequence), next(sequence)
    for c in sequence:
        denominator = c - 2 * b + a
        yield c - (c - b) ** 2 / denominator if denominator else c
        a, b = b, c


def nth(iterable, n):
    return next(itertools.islice(iterable, n, None))


def main(argv):
    digits = int(argv[1]) if len(argv) > 1 else 250
    stream = spigot()
    found = list(itertools.islice(stream, digits))
    text = "".join(map(str, found))
    for start in range(0, digits, 50):
        row = text[start:start + 50]
        print(" ".join(row[i:i + 10] for i in range(0, len(row), 10)), f":{start + len(row)}")
    print("machin agrees:", str(machin(digits - 1)) == text)
    print("next digits:", *(next(stream) for _ in range(10)))
    counts = [found.count(d) for d in range(10)]
    print("how often each digit:", dict(enumerate(counts)))
    print("longest run:", max((len(list(group)), digit) for digit, group in itertools.groupby(found)))
    print("as a float:", float(text[0] + "." + text[1:20]) == math.pi)

    print("leibniz        ", nth(leibniz(), 500))
    print("accelerated    ", nth(accelerated(leibniz()), 500))
    print("twice          ", nth(accelerated(accelerated(leibniz())), 12))
    wallis = 2 * reduce(lambda acc, n: acc * (4 * n * n) / (4 * n * n - 1), range(1, 2000), 1.0)
    print("wallis         ", wallis)
    print("nilakantha     ", 3 + sum((-1) ** (n + 1) * 4 / ((2 * n) * (2 * n + 1) * (2 * n + 2)) for n in range(1, 200)))
    print("basel          ", math.sqrt(6 * math.fsum(1 / n ** 2 for n in range(1, 5000))))


if __name__ == "__main__":
    main(sys.argv)
