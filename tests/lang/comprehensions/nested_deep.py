# Comprehensions in comprehensions, and their scopes.
print([[[x * y * z for x in range(2)] for y in range(2)] for z in range(2)], [x for x in [y for y in [z for z in range(5)] if y % 2]], {x: {y: [z for z in range(y)] for y in range(x)} for x in range(3)}, [(lambda v: [v + w for w in range(2)])(x) for x in range(2)], [f() for f in [lambda x=x: x * 2 for x in range(3)]], sum(sum(x for x in range(y)) for y in range(5)))
m = [[1, 2], [3, 4]]
print([x for r in m for x in r if x > 1 for _ in range(2) if x != 3], [[r[i] for r in m] for i in range(len(m[0]))], [(i, j, v) for i, r in enumerate(m) for j, v in enumerate(r)], {(i, j): v for i, r in enumerate(m) for j, v in enumerate(r)}, {c for w in ["ab", "bc"] for c in w} == set("abc"))
def f(n): return [[(i, j, n) for j in range(i)] for i in range(n)]
print(f(3))
class A:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    nested = [[i for i in range(j)] for j in items]
print(A.doubled, A.nested, hasattr(A, "i"))
x = "outer"; [x for x in range(3)]; print(x, [x for _ in "a"], [[x for x in range(2)], x][1])
print([y for x in range(3) for y in [x * x] if y], [a for a, in [(1,)]], [*[i for i in range(2)], *(j for j in "a")], [i for i in range(10) if i % 2 == 0 if i % 3 == 0], [i if i else "zero" for i in range(2)], [not i for i in (0, 1)], [i for i in (lambda: [1, 2])()], [(yield_, yield_ + 1) for yield_ in [1]])
it = iter(range(5)); print([x for x in it if x < 2], list(it)); g = ([y for y in range(x)] for x in range(3)); print(list(g)); print({**{k: v for k, v in [("a", 1)]}, "b": [i for i in "c"]})
