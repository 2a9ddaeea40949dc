# The Mersenne Twister's numbers for fixed seeds.
import random
r = random.Random(42)
l = list(range(10))
r.shuffle(l)
random.seed(1)
a = [random.random() for _ in range(3)]
random.seed(1)
for seed in (0, 1, -1, 2**32, 2**100, "text", b"bytes", 1.5, True, bytearray(b"ba")): print(seed, random.Random(seed).random(), random.Random(seed).getrandbits(40))
st = r.getstate()
x = r.random()
r.setstate(st)
for s in (
    "r.shuffle('abc')",
    "r.setstate(5)",
    "r.randint('a', 2)",
    "random.Random([])",
    "r.uniform()",
    "r.choices([1], weights=[1], cum_weights=[1])",
    "r.randrange(1.5)",
    "r.choice(5)",
    "r.random(1)",
    "r.seed(1, version=1)",
    "r.seed('a', version=1) or r.random()",
    "r.expovariate(0)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
class R(random.Random):
    def random(self): return 0.5
print(R().randint(1, 10), R().choice("abc"), R(1).uniform(0, 2), [random.Random(7).randrange(n) for n in (1, 2, 3, 7, 255, 256, 257, 2**31, 2**33)], random.Random(9).sample(range(10**9), 3), random.Random(5).shuffle([1]), sorted(n for n in dir(random.Random) if not n.startswith("_")))
b = random.Random(123)
print(sum(b.random() for _ in range(10000)), sum(b.randint(0, 9) for _ in range(10000)), b.getrandbits(100) & 0xffff)
