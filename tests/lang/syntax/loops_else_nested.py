# else of loops, nested breaks and continues.
def search(rows, want):
    for i, row in enumerate(rows):
        for j, v in enumerate(row):
            if v == want: break
        else:
            print("row", i, "no"); continue
        print("row", i, "yes"); break
    else: return "not found"
    return i, j
print(search([[1, 2], [3, 4], [5]], 4), search([[1]], 9), search([], 1))
def primes(n):
    out = []
    for c in range(2, n):
        for d in range(2, c):
            if c % d == 0: break
        else: out.append(c)
    return out
print(primes(20))
n = 0
while True:
    n += 1
    while n < 10:
        n += 3
        if n % 2 == 0: continue
        if n > 7: break
    else: print("inner else", n)
    if n > 9: break
print(n)
for x in (): pass
else: print("empty for else")
while False: pass
else: print("while false else")
for i in range(3):
    if i == 5: break
else: print("no break", i)
for i in range(3):
    try:
        if i == 1: continue
        if i == 2: break
    finally: print("f", i)
else: print("never")
for i in range(2):
    for j in range(2):
        for k in range(2):
            if k: break
            if j: continue
            print(i, j, k)
def g():
    for i in range(5):
        while True:
            if i == 3: return "returned"
            break
print(g())
