# deque.
from collections import deque
d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
d.extend("ab")
d.extendleft("xy")
print(d, len(d), d[0], d[-1], d[3], d.pop(), d.popleft(), d.count(1), d.index(2), 3 in d, list(reversed(d)), d.maxlen)
d.rotate(2)
print(d)
d.rotate(-3)
print(d)
d.rotate()
d.remove("a")
d.insert(1, "i")
d.reverse()
print(d, d.copy() == d)
d[0] = "first"
del d[1]
print(d, bool(d), d.clear(), d, bool(d))
m = deque(range(5), maxlen=3)
print(m, m.maxlen)
m.append(9)
m.appendleft(8)
m.extend([1, 2])
print(m, m.copy().maxlen, deque(m), deque(m, 2), deque([], 0), deque("abc", maxlen=None), m + deque([7]), m * 2, 2 * deque([1]), m == deque(m), m < deque([99]), m != [8, 1, 2], deque([1, 2]) == deque([1, 2], 5))
m += [5]
m *= 2
print(m)
for s in (
    "deque(5)",
    "deque([], -1)",
    "deque([], 'a')",
    "deque().pop()",
    "deque().popleft()",
    "d[5]",
    "d['a']",
    "d[0:1]",
    "d.remove(1)",
    "d.index(1)",
    "d.insert('a', 1)",
    "m.insert(0, 1)",
    "deque([1]) + [1]",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
