# Palindromes, anagrams, Caesar, run lengths, Levenshtein, LCS, KMP.
def pal(s): t = [c.lower() for c in s if c.isalnum()]; return t == t[::-1]
def anagrams(ws):
    d = {}
    for w in ws: d.setdefault("".join(sorted(w)), []).append(w)
    return [g for g in d.values() if len(g) > 1]
def caesar(s, n): return "".join(chr((ord(c) - b + n) % 26 + b) if c.isalpha() and (b := 65 if c.isupper() else 97) else c for c in s)
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append((s[i], j - i)); i = j
    return out
def lev(a, b):
    p = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        c = [i]
        for j, y in enumerate(b, 1): c.append(min(p[j] + 1, c[-1] + 1, p[j - 1] + (x != y)))
        p = c
    return p[-1]
def lcs(a, b):
    t = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): t[i + 1][j + 1] = t[i][j] + x if x == y else max(t[i][j + 1], t[i + 1][j], key=len)
    return t[-1][-1]
def kmp(t, p):
    f, k, out = [0], 0, []
    for i in range(1, len(p)):
        while k and p[i] != p[k]: k = f[k - 1]
        k += p[i] == p[k]; f.append(k)
    k = 0
    for i, c in enumerate(t):
        while k and (k == len(p) or c != p[k]): k = f[k - 1]
        k += c == p[k]
        if k == len(p): out.append(i - k + 1)
    return out
print(pal("A man, a plan, a canal: Panama"), pal("abc"), anagrams(["eat", "tea", "tan", "ate", "nat", "bat"]), caesar("Hello, World!", 3), caesar(caesar("abc xyz", 5), -5), rle("aaabccd"), lev("kitten", "sitting"), lcs("AGGTAB", "GXTXAYB"), kmp("abababa", "aba"), kmp("xyz", "a"))
print(" ".join(w[::-1] for w in "the quick fox".split()), "".join(dict.fromkeys("mississippi")), max("the longest words here".split(), key=len), {c: "hello".count(c) for c in sorted(set("hello"))}, [w for w in "aa ab bb".split() if w == w[::-1]], "hello world".title().swapcase(), sum(c in "aeiou" for c in "education"), "-".join(f"{ord(c):08b}" for c in "Hi"), bytes(int(b, 2) for b in "01001000-01101001".split("-")).decode())
