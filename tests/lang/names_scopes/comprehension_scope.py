# Comprehension variables stay inside.
i = "outer"
squares = [i * i for i in range(4)]
print(i, squares)
print({i: i for i in "ab"}, {i for i in "a"}, list(i for i in (7,)), i)
def f():
    n = 3
    return [n + k for k in range(n)], {k: n for k in range(2)}
print(f())
def g():
    fs = [lambda: j for j in range(3)]
    return [h() for h in fs]
print(g())
print([[i * j for j in range(i)] for i in range(4)])
print([y for x in [[1, 2], [3]] for y in x if y != 2])
def h(items):
    return any((hit := x) > 2 for x in items), hit
print(h([1, 3, 5]))
total = 0
print([total := total + v for v in range(5)], total)
class C:
    a = 3
    first = [k for k in range(a)]
    try:
        second = [a for k in range(1)]
    except NameError as e:
        second = str(e)
print(C.first, C.second)
try:
    [undefined for _ in [1]]
except NameError as e:
    print(e)
gen = (base + k for k in range(3))
base = 100
print(list(gen))
def gen_scope():
    x = 1
    g = (x for _ in range(2))
    x = 2
    return list(g)
print(gen_scope())
print([locals_ for locals_ in [sorted({1: 2})]], [x for x in range(5) if x % 2 if x > 1])
