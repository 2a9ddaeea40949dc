# Primes, gcd, perfect numbers, collatz, base conversion, roman numerals.
def primes(n): s = [True] * (n + 1); s[:2] = [False] * 2; [s.__setitem__(slice(i * i, None, i), [False] * len(s[i * i::i])) for i in range(2, int(n ** .5) + 1) if s[i]]; return [i for i, p in enumerate(s) if p]
def factors(n):
    out, d = [], 2
    while d * d <= n:
        while n % d == 0: out.append(d); n //= d
        d += 1
    return out + [n] * (n > 1)
def roman(n):
    out = ""
    for v, s in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()): out += s * (n // v); n %= v
    return out
def unroman(s): d = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000))); return sum(-d[a] if d[a] < d[b] else d[a] for a, b in zip(s, s[1:] + s[-1]))
def base(n, b): return "0" if n == 0 else ("-" if n < 0 else "") + (base(abs(n) // b, b) if abs(n) >= b else "") + "0123456789abcdefghijklmnopqrstuvwxyz"[abs(n) % b]
def collatz(n):
    yield n
    while n != 1: n = n // 2 if n % 2 == 0 else 3 * n + 1; yield n
def egcd(a, b): return (a, 1, 0) if b == 0 else (lambda g, x, y: (g, y, x - a // b * y))(*egcd(b, a % b))
def words(n):
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(); tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20: return ones[n]
    if n < 100: return tens[n // 10 - 2] + ("-" + ones[n % 10] if n % 10 else "")
    for v, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= v: return words(n // v) + " " + name + (" " + words(n % v) if n % v else "")
print(primes(50), factors(360), factors(97), factors(2**31 - 1), [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024)], unroman("MCMXCIV"), [base(n, b) for n, b in ((255, 16), (10, 2), (-35, 36), (0, 7))], list(collatz(6)), egcd(240, 46), words(1234567), words(19), words(100), sep="\n")
print([n for n in range(2, 500) if sum(d for d in range(1, n) if n % d == 0) == n], [n for n in range(100, 1000) if sum(int(c) ** 3 for c in str(n)) == n], sum(n for n in range(1000) if n % 3 == 0 or n % 5 == 0), [sum(map(int, str(2**n))) for n in range(10, 14)], all(unroman(roman(n)) == n for n in range(1, 500)), all(int(base(n, 7), 7) == n for n in range(200)), max(range(1, 200), key=lambda n: len(list(collatz(n)))), (lambda n: all(n % d for d in range(2, int(n ** .5) + 1)))(10007))
