# Floor division and modulo over signs and sizes.
import itertools
for a, b in itertools.product((-7, -3, -1, 0, 1, 3, 7), (-3, -2, -1, 1, 2, 3)): print((a, b), a // b, a % b, divmod(a, b), a / b, end="; ")
print()
big = [2**61, 2**62, 2**63, 2**64 + 7, -2**62, -2**63 - 1, 10**25]
for a, b in itertools.product(big, (3, -3, 2**31, 2**62, -2**62, 2**63, 10**9 + 7)):
    q, r = divmod(a, b); print(q, r, end=" "); assert a == q * b + r and (0 <= r < b or b < r <= 0)
print()
print(-2**62 // -1, -2**63 // -1, (-2**62) % -1, 2**62 // 2**61, -1 // 2**70, -1 % 2**70, 1 // -2**70, 1 % -2**70, 0 // 2**70, 2**70 // 2**70, 2**70 % 1, -2**70 // 3, -2**70 % 3)
for e in ("5 // 0", "5 % 0", "2**70 // 0", "2**70 % 0", "divmod(2**70, 0)", "5 / 0", "2**70 / 0", "0 // 0", "5 // 0.0", "5 % 0.0", "5 / 0.0", "pow(5, -1, 0)", "0 ** -1", "2**70 // 'a'", "5 % 'a'", "'a' % 5"):
    try: print(e, eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
print(7 // 2.0, -7 // 2.0, 7 % -2.0, 2**70 // 1e10, 2**70 % 1e5, 5.5 // 1, 5.5 % 1, -5.5 % 1, 1e20 // 3, 3 // 1e-5, divmod(7, 2.5), divmod(-7.5, 2))
