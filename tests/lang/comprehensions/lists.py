# List comprehensions of every form.
print([x for x in range(5)], [x * 2 for x in "ab"], [(x, y) for x in range(2) for y in range(2)], [x for x in range(20) if x % 2 if x % 3])
print([[j for j in range(i)] for i in range(4)], [x if x % 2 else -x for x in range(5)], [a + b for a, b in [(1, 2), (3, 4)]], [y for x in [[1], [2, 3]] for y in x])
print([a for a, *b in [(1, 2, 3)]], [b for a, *b in ["xyz"]], [f"{x}!" for x in "ab"], [lambda: x for x in range(2)][0]())
print([x for x in (y for y in range(3))], [None for _ in range(2)], [i for i in range(5) if not i & 1], [not x for x in (0, 1)])
m = [[1, 2, 3], [4, 5, 6]]
print([[r[i] for r in m] for i in range(3)], [v for r in m for v in r if v % 2], [sum(r) for r in m], [*map(list, zip(*m))])
print([(x, y, z) for x in range(1, 15) for y in range(x, 15) for z in range(y, 15) if x * x + y * y == z * z])
print([w.strip().upper() for w in " a , b ,c".split(",")], [ord(c) - 96 for c in "abc"], [c for c in "hello" if c in "aeiou"])
print([(i, c) for i, c in enumerate("ab", 1)], [k + str(v) for k, v in sorted({"a": 1, "b": 2}.items())], [x for x in [3, 1, 2].__iter__()])
print([x for x in range(3) for x in range(x)], [x for x in [] for y in undefined], [(lambda y: y * x)(x) for x in range(4)])
def f(n): return [i for i in range(n) if all(i % d for d in range(2, i)) and i > 1]
print(f(30))
print([x for x, in [(1,), (2,)]], [x for (x, (y, [z])) in [(1, (2, [3]))] if y < z], [*[x for x in "ab"], *[y for y in "cd"]])
print([[x, y] for x in (1, 2) if x > 1 for y in (3, 4) if y > 3], [n for n in range(3) if n or True and n])
for bad in ("[x for x in 5]", "[x for x in None]", "[1 / x for x in [1, 0]]", "[a for a, b in [(1,)]]", "[y for x in [1]]", "[x.q for x in [1]]"):
    try: eval(bad)
    except Exception as e: print(bad, "->", type(e).__name__, e)
big = [x for x in range(10000) if x % 7 == 3]; print(len(big), big[-1], sum(big))
print([(yield_ := x) for x in [1, 2]], yield_)
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 4: raise StopIteration
        return self.i
print([v for v in It() if v != 2])
