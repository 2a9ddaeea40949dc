# Order, laziness and errors of comprehension parts.
log = []
def v(x, tag=""): log.append(f"{tag}{x}"); return x
[v(x, "e") for x in v([1, 2], "it") if v(x, "if")]; print(log); log.clear()
[v(x, "x") + v(y, "y") for x in v([1, 2], "o") for y in v([10], "i")]; print(log); log.clear()
{v(k, "k"): v(1, "val") for k in "ab"}; print(log); log.clear()
{v(k) for k in "aab"}; print(log); log.clear(); g = (v(x) for x in v([1, 2], "eager")); print(log); next(g); print(log); log.clear()
try: [1 / x for x in [1, 0, v(2)]]
except ZeroDivisionError: print(log)
log.clear()
try: [x for x in v(5, "not iterable")]
except TypeError as e: print(e)
try: [x for x in [1] for y in undefined]
except NameError as e: print(e)
try: [x for x in [1] if undefined]
except NameError as e: print(e)
print([x for x in [] if 1 / 0], [x for x in [1, 2, 3] if x != 2 if x != 3], [(x, y) for x in range(3) if x for y in range(x) if y or x > 1], [x for x in range(6) if (lambda q: q % 2)(x)])
x = "kept"; [x for x in range(3)]; {x: x for x in "ab"}; {x for x in "c"}; list(x for x in "d"); print(x)
def f():
    y = [z for z in range(3)]
    try: return z
    except NameError as e: return str(e)
print(f(), [i for i in range(3) if i in [j for j in range(2)]], [[i, j] for i, j in zip("ab", [k for k in range(2)])])
l = [1, 2, 3]; print([l.pop() for _ in l], l); l = [1, 2]; print([l.append(3) or len(l) for _ in range(2)], l); d = {i: d_ for i, d_ in enumerate("xy")}; print({v: k for k, v in d.items()}, [*{k: v for k, v in [("a", 1)]}], dict([(i, i * i) for i in range(3)]), sorted({i % 3 for i in range(10)}), "".join(c for c in "hello" if c not in "l"), sum(x * y for x, y in zip([1, 2], [3, 4])), max((len(w), w) for w in "a bbb cc".split()), [f"{a}{b}" for a, b in zip("ab", "cd")], [not c for c in (0, 1)], [-c for c in (1,)], [c if c else None for c in (0, 1)], [[]  for _ in range(2)], [() for _ in "ab"], [... for _ in "a"])
