"""A script as beginners write it: everything at module level, functions small, names global."""
numbers = []
x = 12345
for i in range(400000):
    x = (x * 1103515245 + 12345) % 2147483648
    numbers.append(x % 1000)
largest = numbers[0]
total = 0
counts = {}
for n in numbers:
    if n > largest:
        largest = n
    total += n
    if n in counts:
        counts[n] += 1
    else:
        counts[n] = 1
print(largest, total, len(counts))

sieve = [True] * 400000
p = 2
while p * p < len(sieve):
    if sieve[p]:
        for multiple in range(p * p, len(sieve), p):
            sieve[multiple] = False
    p += 1
primes = [i for i, prime in enumerate(sieve) if prime and i > 1]
print(len(primes), primes[-1])

a = [[i * j % 10 for j in range(30)] for i in range(30)]
b = [[i + j for j in range(30)] for i in range(30)]
c = [[0] * 30 for _ in range(30)]
for i in range(30):
    for j in range(30):
        for k in range(30):
            c[i][j] += a[i][k] * b[k][j]
print(c[3][4], sum(map(sum, c)))

s = ""
vowels = 0
for i in range(100000):
    s = s + chr(97 + i % 26)
for ch in s:
    if ch in "aeiou":
        vowels = vowels + 1
print(len(s), vowels)


def collatz(n):
    global steps
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1


steps = 0
for n in range(1, 4000):
    collatz(n)
print(steps)
