# Objects of many sizes, made and dropped in many orders.
import random
r = random.Random(1)
live, total = {}, 0
for step in range(20000):
    k = r.randrange(300)
    if k in live and r.random() < 0.5:
        b = live.pop(k); total -= len(b); assert b == bytes([k % 256]) * len(b)
    else:
        n = r.choice((1, 7, 8, 9, 15, 16, 31, 64, 65, 128, 255, 500, 511, 512, 513, 1000, 4000, 5000, 70000)); old = live.get(k, b""); live[k] = bytes([k % 256]) * n; total += n - len(old)
print(total == sum(map(len, live.values())), len(live), total); live.clear()
xs = [[i] * (i % 70) for i in range(3000)]; r.shuffle(xs); del xs[::2]; xs += [[0] * 500 for _ in range(100)]; print(sum(map(len, xs)), len(xs)); ba = bytearray()
for n in (1, 10, 100, 1000, 10000, 100000, 10, 1, 50000): ba[:] = b"x" * n; assert len(ba) == n
print(len(ba)); l = []
for n in (1, 1000, 10, 100000, 0, 5): l[:] = range(n); print(len(l), sum(l), end=" ")
print()
