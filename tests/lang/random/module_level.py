# The module's own functions share one generator.
import random
random.seed(12345); a = (random.random(), random.randint(1, 6), random.choice("abc"), random.sample(range(9), 3), random.uniform(0, 1)); random.seed(12345); b = (random.random(), random.randint(1, 6), random.choice("abc"), random.sample(range(9), 3), random.uniform(0, 1)); print(a == b, a)
s = random.getstate(); x = random.getrandbits(50); random.setstate(s); print(random.getrandbits(50) == x); l = list(range(6)); random.seed(0); random.shuffle(l); print(l); random.seed(1.5); print(random.random()); random.seed("s"); print(random.random()); random.seed(b"s"); print(random.random()); random.seed(-7); print(random.random()); random.seed(2**80); print(random.random()); random.seed(True); print(random.random()); random.seed(None); print(0 <= random.random() < 1)
def dice(n, seed): r = random.Random(seed); return [r.randint(1, 6) for _ in range(n)]
print(dice(10, 1), dice(10, 1) == dice(10, 1), dice(10, 2)); c = [0] * 6
for d in dice(6000, 3): c[d - 1] += 1
print(c, min(c) > 900); r = random.Random(9); print(sum(r.random() < 0.3 for _ in range(10000)), round(sum(r.gauss(5, 1) for _ in range(1000)) / 1000, 6), max(r.randrange(1000) for _ in range(500)), len({r.getrandbits(32) for _ in range(500)}))
for f in (lambda: random.choice(""), lambda: random.choice([]), lambda: random.randint(2, 1), lambda: random.randrange(), lambda: random.sample(5, 1), lambda: random.sample([1], 5), lambda: random.shuffle((1, 2)), lambda: random.choices([], k=0), lambda: random.choices([1, 2], [1, 2, 3]), lambda: random.randint(1.5, 2), lambda: random.seed([1]), lambda: random.getrandbits(1.5), lambda: random.choice({1: 2}), lambda: random.choice({1, 2}), lambda: random.sample({1}, 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
