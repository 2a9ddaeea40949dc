# heapq and bisect.
import heapq, bisect
h = []
for x in (5, 1, 4, 1, 3): heapq.heappush(h, x)
print(h, heapq.heappop(h), heapq.heappushpop(h, 0), heapq.heapreplace(h, 9), h, [heapq.heappop(h) for _ in range(len(h))])
l = [9, 8, 7, 1, 2, 3]; heapq.heapify(l); print(l, heapq.nlargest(2, l), heapq.nsmallest(3, l), heapq.nsmallest(2, "hello", key=ord), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge([3, 1], [2], reverse=True)), heapq.nlargest(0, l), heapq.nlargest(99, l), list(heapq.merge(["b"], ["A", "c"], key=str.lower)))
for c in ("heapq.heappop([])", "heapq.heapreplace([], 1)", "heapq.heapify((1,))", "heapq.heappush(5, 1)", "heapq.heapify([1, 'a'])", "heapq.nlargest('a', [1])"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
a = [1, 2, 2, 3]; print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 2), bisect.bisect_left(a, 0), bisect.bisect(a, 9), bisect.bisect_left(a, 2, 2), bisect.bisect_left(a, 5, 0, 2), bisect.bisect([("a", 1), ("b", 2)], 1, key=lambda t: t[1])); bisect.insort(a, 2); bisect.insort_left(a, 0); bisect.insort(a, 5, key=lambda x: x); print(a)
for c in ("bisect.bisect([1], 'a')", "bisect.bisect(5, 1)", "bisect.bisect([1], 1, -1)", "bisect.insort((1,), 1)"):
    try: print(eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
class T:
    def __init__(self, p, n): self.p, self.n = p, n
    def __lt__(self, o): return self.p < o.p
q = []; [heapq.heappush(q, T(p, n)) for p, n in ((3, "c"), (1, "a"), (2, "b"))]; print([heapq.heappop(q).n for _ in range(3)])
