# key functions in sorted, min, max with ties and odd keys.
words = "apple Bob cat Dog egg fig".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)), sorted(words, key=lambda w: w[-1]), min(words, key=len), max(words, key=len), min(words, key=str.lower), max(words, key=lambda w: w.lower()))
print(sorted([3, -1, 2], key=abs), min([3, -3], key=abs), max([3, -3], key=abs), min([-3, 3], key=abs), sorted([(1, 2), (1, 1)], key=lambda t: t[0]), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), sorted("hello", key="hlo e".index), sorted([None, 1], key=lambda x: x is None), sorted([[2], [1, 0]], key=sum), max({"a": 3, "b": 5}, key={"a": 3, "b": 5}.get), min([], key=len, default="none"), max(range(10), key=lambda x: -(x - 4) ** 2))
n = 0
def count(x):
    global n; n += 1; return x
sorted(range(100), key=count); print(n); n = 0; max(range(50), key=count); print(n)
for f in (lambda: sorted([1], key=5), lambda: max([1], key="x"), lambda: sorted([1, 2], key=lambda: 0), lambda: min([1, "a"], key=lambda x: x), lambda: sorted([1j, 2j], key=abs), lambda: sorted([1], cmp=5), lambda: sorted([3, 1], reverse="yes"), lambda: sorted([3, 1], reverse=None), lambda: sorted([3, 1], None), lambda: max(1, 2, key=lambda x: -x), lambda: max([1], [0], key=None), lambda: sorted(key=len), lambda: sorted([1], [2])):
    try: print(f())
    except TypeError as e: print(e)
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v > o.v
print(sorted([1, 3, 2], key=K), min([1, 3, 2], key=K), max([1, 3, 2], key=K), sorted("bca", key=lambda c: K(ord(c))), list(reversed(sorted([2, 1]))), sorted([2, 1]) == sorted([1, 2]), sorted(sorted([(1, "b"), (0, "a"), (1, "a")], key=lambda t: t[1]), key=lambda t: t[0]))
