"""Small-integer arithmetic: a sieve, gcd, collatz, bits."""


def sieve(n):
    marks = [True] * n
    marks[0] = marks[1] = False
    for i in range(2, int(n ** 0.5) + 1):
        if marks[i]:
            for j in range(i * i, n, i):
                marks[j] = False
    return sum(marks)


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def collatz(limit):
    best = (0, 0)
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            n = n >> 1 if n & 1 == 0 else 3 * n + 1
            steps += 1
        if steps > best[0]:
            best = steps, start
    return best


print(sieve(1500000), sum(gcd(a, 360360) for a in range(250000)), collatz(40000))
