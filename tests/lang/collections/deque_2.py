# deque.
from collections import deque
d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
d.extend("ab")
d.extendleft("xy")
d.rotate(2)
d.rotate(-3)
d.rotate()
d.remove("a")
d.insert(1, "i")
d.reverse()
d[0] = "first"
del d[1]
m = deque(range(5), maxlen=3)
m.append(9)
m.appendleft(8)
m.extend([1, 2])
m += [5]
m *= 2
for s in (
    "deque([1]) < [1]",
    "hash(d)",
    "d.rotate('a')",
    "d.append()",
    "d.extend(5)",
    "d.nope",
    "deque(1, 2, 3)",
    "m.maxlen",
    "deque(iterable=[1], maxlen=1)",
    "deque([1, 2, 3]).index(3, 0, 2)",
    "deque([1]) * 'a'",
    "deque([1, 2])[-3]",
    "deque([3]).index(3, -5)",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
for st in ("d.maxlen = 5", "d[9] = 1", "del d[9]", "for x in (e := deque([1, 2])): e.append(3)", "for x in (e := deque([1, 2])): e.pop()"):
    try: exec(st)
    except Exception as e: print(st, "->", type(e).__name__, e)
r = deque()
r.append(r)
print(r, deque([deque([1])]))
q = deque(maxlen=0)
q.append(1)
print(q, len(q))
it = iter(deque([1, 2]))
print(next(it), it.__length_hint__(), list(it), type(it).__name__, type(reversed(deque())).__name__)
b = deque()
[b.append(i) for i in range(1000)]
[b.popleft() for _ in range(500)]
[b.appendleft(-i) for i in range(300)]
b.rotate(123)
print(len(b), b[0], b[-1], b[400], sum(b), b.index(700), list(b)[:3])
b.rotate(-123)
print(b[0], b[299], b[300])
del b[400]
b.insert(400, "mid")
print(b[399], b[400], b[401], b.count("mid"))
b[5] = "five"
print(b.index("five"))
class D(deque): pass
x = D([1, 2])
x.attr = 1
print(x, type(x.copy()), type(x + deque()), isinstance(x, deque), sorted(deque([3, 1])), max(deque([1, 5])), [*deque("ab")], tuple(deque([1])), dict(deque([("a", 1)])), sum(deque([1, 2])), list(map(str, deque([1]))), list(zip(deque("ab"), deque("cd"))), deque("abc") == deque(["a", "b", "c"]), {1: deque()})
