# Tic-tac-toe by minimax, nim, bowling, poker hands, 15-puzzle distance.
from functools import lru_cache
L = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
def winner(b): return next((b[i] for i, j, k in L if b[i] != "." and b[i] == b[j] == b[k]), None)
@lru_cache(None)
def best(b, p):
    w = winner(b)
    if w: return (1 if w == "X" else -1), None
    if "." not in b: return 0, None
    moves = [(best(b[:i] + p + b[i + 1:], "O" if p == "X" else "X")[0], i) for i in range(9) if b[i] == "."]
    return (max if p == "X" else min)(moves, key=lambda m: (m[0], -m[1] if p == "X" else m[1]))
print(best("." * 9, "X"), best("X...O....", "X"), best("XX.OO....", "O"), best.cache_info().currsize)
def play():
    b, p, log = "." * 9, "X", []
    while not winner(b) and "." in b: m = best(b, p)[1]; log.append(m); b = b[:m] + p + b[m + 1:]; p = "O" if p == "X" else "X"
    return log, winner(b)
print(play())
@lru_cache(None)
def nim(a, b, c): return any(not nim(*t) for t in [(x, b, c) for x in range(a)] + [(a, x, c) for x in range(b)] + [(a, b, x) for x in range(c)])
print([s for s in [(1, 2, 3), (1, 1, 1), (3, 4, 5), (2, 4, 6)] if not nim(*s)], all(nim(a, b, c) == bool(a ^ b ^ c) for a in range(4) for b in range(4) for c in range(4)))
def bowling(r):
    s = i = 0
    for _ in range(10):
        if r[i] == 10: s += sum(r[i:i + 3]); i += 1
        elif r[i] + r[i + 1] == 10: s += sum(r[i:i + 3]); i += 2
        else: s += r[i] + r[i + 1]; i += 2
    return s
print(bowling([10] * 12), bowling([9, 0] * 10), bowling([5] * 21), bowling([10, 7, 3, 9, 0, 10, 0, 8, 8, 2, 0, 6, 10, 10, 10, 8, 1]))
def hand(h):
    from collections import Counter
    v = sorted("23456789TJQKA".index(c[0]) for c in h); n = sorted(Counter(v).values(), reverse=True); flush = len({c[1] for c in h}) == 1; st = v == list(range(v[0], v[0] + 5))
    return "straight flush" if flush and st else {(4, 1): "four", (3, 2): "full house", (3, 1, 1): "three", (2, 2, 1): "two pairs", (2, 1, 1, 1): "pair"}.get(tuple(n)) or ("flush" if flush else "straight" if st else "high card")
for h in ("2H 3H 4H 5H 6H", "9C 9D 9H 9S KD", "KC KD KH QS QD", "2C 7C 9C JC KC", "5C 6D 7H 8S 9C", "2C 2D 3H 3S 9D", "AC AD 3H 4S 9D", "2C 4D 6H 8S TD"): print(h, hand(h.split()))
