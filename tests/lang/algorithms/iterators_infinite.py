# Infinite sequences and what is taken from them.
from itertools import islice, count, takewhile
def take(n, it): return list(islice(it, n))
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
def primes():
    yield 2; found = [2]
    for n in count(3, 2):
        if all(n % p for p in takewhile(lambda p: p * p <= n, found)): found.append(n); yield n
def triangular(): 
    t = 0
    for n in count(1): t += n; yield t
def look():
    s = "1"
    while True:
        yield s; out, i = "", 0
        while i < len(s):
            j = i
            while j < len(s) and s[j] == s[i]: j += 1
            out += f"{j - i}{s[i]}"; i = j
        s = out
def hamming():
    from heapq import heappush, heappop
    h, seen = [1], {1}
    while True:
        n = heappop(h); yield n
        for p in (2, 3, 5):
            if n * p not in seen: seen.add(n * p); heappush(h, n * p)
def catalan():
    c = 1
    for n in count(): yield c; c = c * 2 * (2 * n + 1) // (n + 2)
def thue():
    s = [0]; yield 0
    while True:
        t = [1 - x for x in s]; yield from t; s += t
def kolakoski():
    s = [1, 2, 2]; yield from s; i = 2
    while True:
        x = 3 - s[-1]
        for _ in range(s[i]): s.append(x); yield x
        i += 1
def recaman():
    a, seen = 0, {0}; yield 0
    for n in count(1): a = a - n if a - n > 0 and a - n not in seen else a + n; seen.add(a); yield a
def happy():
    for n in count(1):
        k, seen = n, set()
        while k != 1 and k not in seen: seen.add(k); k = sum(int(d) ** 2 for d in str(k))
        if k == 1: yield n
for g in (fib, primes, triangular, look, hamming, catalan, thue, kolakoski, recaman, happy): print(g.__name__, take(12, g()))
print(next(f for f in fib() if len(str(f)) == 30), take(3, (p for p in primes() if str(p) == str(p)[::-1] and p > 100)), sum(takewhile(lambda x: x < 4000, (f for f in fib() if f % 2 == 0))), max(take(30, recaman())), "".join(map(str, take(32, thue()))))
