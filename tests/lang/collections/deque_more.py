# deque used as queue, stack, ring and window.
from collections import deque
q = deque(); [q.append(i) for i in range(5)]; print([q.popleft() for _ in range(3)], q, [q.pop() for _ in range(2)], q)
w = deque(maxlen=3); out = []
for x in [1, 2, 3, 4, 5]: w.append(x); out.append(sum(w) / len(w))
print(out, w); r = deque("abcde"); r.rotate(2); print("".join(r)); r.rotate(-7); print("".join(r)); r.rotate(0); r.rotate(100); print("".join(r))
def josephus(n, k):
    d = deque(range(1, n + 1)); out = []
    while d: d.rotate(1 - k); out.append(d.popleft())
    return out
print(josephus(7, 3)); d = deque([1, 2, 3, 2]); d.remove(2); print(d, d.count(2), d.index(2), 5 in d); d.insert(1, "x"); d.insert(-1, "y"); d.insert(99, "z"); d.insert(-99, "s"); print(d); d[2] = "two"; del d[0]; print(d, d[1], d[-1]); d.reverse(); d.extend(d); print(d); d.extendleft([1, 2]); print(d, deque(d, maxlen=2), deque(maxlen=2).maxlen)
print(deque([1, 2]) + deque([3]), deque([1]) * 3, deque([1, 2]) < deque([1, 3]), deque([1]) == [1], deque("ab") == deque(["a", "b"]), list(deque("abc"))[::-1], sorted(deque([3, 1])), deque() or "empty", deque([deque([1])]), tuple(deque("ab")), deque(deque([1])) == deque([1]), len(deque(range(1000))), deque(range(1000))[500], max(deque([1, 9])), deque((i for i in range(3))), deque({"a": 1}))
big = deque(range(500)); big.rotate(250); print(big[0], big[249], big[250], big[-1]); [big.pop() for _ in range(100)]; [big.popleft() for _ in range(100)]; print(len(big), big[0], big[-1], sum(big)); del big[10]; big.insert(10, -1); print(big[9:10] if 0 else big[9], big[10], big[11]); it = iter(big); next(it)
try: big.append(1); next(it)
except RuntimeError as e: print(e)
