# Eight sorting algorithms agree.
def bubble(a):
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]: a[j], a[j + 1] = a[j + 1], a[j]
    return a
def insertion(a):
    for i in range(1, len(a)):
        x, j = a[i], i - 1
        while j >= 0 and a[j] > x: a[j + 1] = a[j]; j -= 1
        a[j + 1] = x
    return a
def selection(a):
    for i in range(len(a)):
        m = min(range(i, len(a)), key=a.__getitem__); a[i], a[m] = a[m], a[i]
    return a
def quick(a): return a if len(a) < 2 else quick([x for x in a[1:] if x < a[0]]) + [a[0]] + quick([x for x in a[1:] if x >= a[0]])
def merge(a):
    if len(a) < 2: return a
    m = len(a) // 2; l, r, out = merge(a[:m]), merge(a[m:]), []
    while l and r: out.append((l if l[0] <= r[0] else r).pop(0))
    return out + l + r
def heap(a):
    def sift(i, n):
        while (c := 2 * i + 1) < n:
            if c + 1 < n and a[c] < a[c + 1]: c += 1
            if a[i] >= a[c]: return
            a[i], a[c] = a[c], a[i]; i = c
    for i in reversed(range(len(a) // 2)): sift(i, len(a))
    for n in reversed(range(1, len(a))): a[0], a[n] = a[n], a[0]; sift(0, n)
    return a
def shell(a):
    g = len(a) // 2
    while g:
        for i in range(g, len(a)):
            j, x = i, a[i]
            while j >= g and a[j - g] > x: a[j] = a[j - g]; j -= g
            a[j] = x
        g //= 2
    return a
def radix(a):
    for s in range(0, 16, 4):
        b = [[] for _ in range(16)]
        for x in a: b[x >> s & 15].append(x)
        a = [x for c in b for x in c]
    return a
data = [(i * 7919 + 13) % 1000 for i in range(120)]
for f in (bubble, insertion, selection, quick, merge, heap, shell, radix): print(f.__name__, f(data[:]) == sorted(data), f([]), f([1]), f([2, 1, 2]))
