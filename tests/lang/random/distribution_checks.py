# Methods of random agree with CPython for many seeds.
import random
for seed in range(5):
    r = random.Random(seed)
    print([r.randrange(10) for _ in range(8)], [r.randint(-5, 5) for _ in range(5)], [round(r.random(), 12) for _ in range(2)], r.choice("xyz"), r.sample(range(30), 4), [r.getrandbits(k) for k in (1, 8, 33, 64, 100)])
r = random.Random("seed text"); l = list("abcdefgh"); r.shuffle(l); print(l, r.choices("ab", k=10), r.choices([1, 2, 3], [0, 1, 9], k=6), r.sample(l, 3), r.uniform(-1, 1), r.triangular(1, 5), r.gauss(10, 2), r.expovariate(2), r.betavariate(2, 3), r.paretovariate(2), r.normalvariate(), r.vonmisesvariate(1, 2), r.weibullvariate(1, 1.5), r.lognormvariate(0, 0.5), r.gammavariate(0.5, 1), r.gammavariate(3, 2))
st = r.getstate(); a = [r.random() for _ in range(5)]; r.setstate(st); print(a == [r.random() for _ in range(5)]); r.seed(7); x = r.random(); r.seed(7); print(r.random() == x); print(random.Random(3).sample(range(10**12), 3), random.Random(3).sample(["a", "b", "c"], 3), random.Random(3).sample(range(5), 0), random.Random(4).randbytes(6), random.Random(5).randrange(100, 200, 10), random.Random(6).randrange(-10, -1), random.Random(8).choices(range(5), cum_weights=[1, 2, 3, 4, 10], k=5))
class Own(random.Random):
    def random(self): return 0.25
    def seed(self, *a): pass
o = Own(); print(o.random(), o.uniform(0, 8), o.choice([1, 2, 3, 4]), o.randrange(100), o.gauss(0, 1) is not None); print(isinstance(random.SystemRandom().random(), float), 0 <= random.random() < 1, random._inst is not None)
