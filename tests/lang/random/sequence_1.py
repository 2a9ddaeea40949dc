# The Mersenne Twister's numbers for fixed seeds.
import random
r = random.Random(42)
print(r.random(), r.randint(1, 100), r.randrange(10), r.randrange(5, 50, 5), r.choice("abcdef"), r.uniform(1, 10), r.getrandbits(70), r.getrandbits(1), r.getrandbits(32), r.randrange(10**30))
l = list(range(10))
r.shuffle(l)
print(l, r.sample(range(100), 5), r.choices("abc", k=5), r.choices([1, 2, 3], weights=[5, 1, 1], k=5), r.choices("xy", cum_weights=[1, 3], k=4), r.sample("abcdef", 6), r.sample(["a", "b"], counts=[2, 3], k=4))
print(r.gauss(0, 1), r.gauss(5, 2), r.normalvariate(0, 1), r.expovariate(1), r.betavariate(1, 2), r.gammavariate(2, 1), r.lognormvariate(0, 1), r.triangular(0, 10, 3), r.vonmisesvariate(0, 4), r.paretovariate(3), r.weibullvariate(1, 2))
random.seed(1)
a = [random.random() for _ in range(3)]
random.seed(1)
print(a == [random.random() for _ in range(3)], a)
for seed in (0, 1, -1, 2**32, 2**100, "text", b"bytes", 1.5, True, bytearray(b"ba")): print(seed, random.Random(seed).random(), random.Random(seed).getrandbits(40))
st = r.getstate()
x = r.random()
r.setstate(st)
print(r.random() == x, len(st), st[0], len(st[1]), st[2] is None or st[2])
print(r.randbytes(5), r.randbytes(0), random.Random(3).randbytes(8))
for s in (
    "r.randint(5, 1)",
    "r.randrange(0)",
    "r.randrange(5, 5)",
    "r.randrange(1, 2, 0)",
    "r.choice([])",
    "r.sample([1], 2)",
    "r.sample({1, 2}, 1)",
    "r.sample([1], -1)",
    "r.choices([], k=1)",
    "r.choices([1], weights=[0])",
    "r.choices([1, 2], weights=[1])",
    "r.getrandbits(-1)",
    "r.getrandbits(0)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
