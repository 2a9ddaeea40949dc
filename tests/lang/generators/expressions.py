# Generator expressions: laziness, scoping, evaluation.
print(sum(x * x for x in range(10)), list(x for x in "abc" if x != "b"), dict((k, v) for k, v in [(1, 2)]), max((len(w), w) for w in ["a", "ccc", "bb"]))
def log(x): print("log", x); return x
g = (log(x) for x in log([1, 2]))
print("created"); print(next(g)); print(list(g))
try: g2 = (x for x in undefined_name)
except NameError as e: print("immediately", e)
g3 = (undefined_name for x in [1])
try: next(g3)
except NameError as e: print("lazily", e)
try: (x for x in 5)
except TypeError as e: print(e)
n = 2
g = (x * n for x in range(3)); n = 10
print(list(g))
print(any(x > 2 for x in [1, 3]), all(x for x in []), tuple(x for x in (1,)), set(x % 3 for x in range(9)), "".join(c for c in "a1b2" if c.isalpha()))
print(list((a, b) for a in range(2) for b in "xy" if a), [list(y for y in range(x)) for x in range(4)])
nested = ((i, j) for i in range(3) for j in range(i))
print(next(nested), next(nested), list(nested))
def f(*a): return a
print(next(f(x for x in [1])[0]), f(*(x for x in [1, 2])), sorted((x for x in [3, 1]), reverse=True))
for src in ("f(x for x in [1], 2)", "f(1, x for x in [1])", "f(x for x in [1],) and 1"):
    try: print(eval(src))
    except SyntaxError as e: print(src, "->", e.msg)
g = (i for i in range(5))
print(2 in g, list(g), 3 in g)
a, b, *c = (x for x in range(5)); print(a, b, c)
print((x for x in []).__name__, (x for x in []).__qualname__, type((x for x in [])))
gs = [(x + i for x in [0]) for i in range(3)]
print([list(g) for g in gs])
g = (yield_ for yield_ in [1]); print(g.send(None)); 
try: g.send(1)
except StopIteration: print("stop")
print(list(zip((x for x in "ab"), (y for y in range(9)))), next((x for x in range(9) if x > 5), None), next((x for x in []), "dflt"))
l = [1, 2, 3]; g = (x for x in l); l.append(4); print(list(g))
l = [1]; g = (x for x in l); l = [9]; print(list(g))
