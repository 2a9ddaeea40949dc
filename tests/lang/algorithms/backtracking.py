# Permutations, subsets, parentheses, queens, sums, word search.
def perms(a):
    if not a: return [[]]
    return [[x] + p for i, x in enumerate(a) for p in perms(a[:i] + a[i + 1:])]
def subsets(a): return [[]] if not a else [s for r in subsets(a[1:]) for s in (r, [a[0]] + r)]
def parens(n):
    def go(s, o, c):
        if len(s) == 2 * n: yield s
        if o < n: yield from go(s + "(", o + 1, c)
        if c < o: yield from go(s + ")", o, c + 1)
    return list(go("", 0, 0))
def queens(n, cols=()):
    if len(cols) == n: return 1
    r = len(cols); return sum(queens(n, cols + (c,)) for c in range(n) if all(c != k and abs(c - k) != r - i for i, k in enumerate(cols)))
def combos(cands, t, start=0):
    if t == 0: yield []
    for i in range(start, len(cands)):
        if cands[i] <= t:
            for r in combos(cands, t - cands[i], i): yield [cands[i]] + r
def word(board, w):
    R, C = len(board), len(board[0])
    def go(r, c, i, used):
        if i == len(w): return True
        return 0 <= r < R and 0 <= c < C and (r, c) not in used and board[r][c] == w[i] and any(go(r + a, c + b, i + 1, used | {(r, c)}) for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0)))
    return any(go(r, c, 0, frozenset()) for r in range(R) for c in range(C))
def letters(d): return [""] if not d else [c + r for c in {"2": "abc", "3": "def", "4": "ghi"}[d[0]] for r in letters(d[1:])]
def hanoi(n, a, b, c): return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
def puzzle():
    from itertools import permutations
    for p in permutations(range(10), 8):
        s, e, n, d, m, o, r, y = p
        if s and m and (s * 1000 + e * 100 + n * 10 + d) + (m * 1000 + o * 100 + r * 10 + e) == m * 10000 + o * 1000 + n * 100 + e * 10 + y: return p
print(perms([1, 2, 3]), subsets("abc"[:2]), parens(3), [queens(n) for n in range(1, 8)], list(combos([2, 3, 5], 8)), word(["ABCE", "SFCS", "ADEE"], "ABCCED"), word(["AB"], "ABA"), letters("23"), hanoi(10, *"abc"), sep="\n")
