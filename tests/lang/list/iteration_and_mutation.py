# Lists changed while they are iterated, and identity questions.
l = [1, 2, 3, 4]
for x in l:
    if x == 2: l.remove(x)
    print(x, end=" ")
print(l)
l = [1, 2]
for x in l:
    if len(l) < 6: l.append(x * 10)
print(l)
l = [1, 2, 3]
for x in l: l.pop()
print(l)
it = iter([1, 2]); print(list(it), list(it), next(it, "done"))
l = [1]; it = iter(l); next(it); print(next(it, "end")); l.append(2); print(next(it, "still ended"))
l = [1, 2, 3]; it = iter(l); print(it.__length_hint__(), next(it), it.__length_hint__(), type(it).__name__, it is iter(it)); it.__setstate__(0); print(next(it))
r = reversed(l); print(next(r), r.__length_hint__(), list(r), type(r).__name__)
l = list(range(5)); r = reversed(l); l.pop(); l.pop(); print(list(r))
class E:
    def __eq__(self, o): l.clear(); return False
l = [1, 2, 3, E()]
print(E() in l, l)
l = [1, 2, 3]
try: print([1, 2, 3, 4].index(E()))
except ValueError as e: print(e if "E object" not in str(e) else "is not in list")
l = []; l.append(l); print(l, l[0] is l, len(l), repr([l])); 
try: l == [l]
except RecursionError as e: print("RecursionError")
print(l == l, l in l, l.index(l), l.count(l))
a = b = [1]; b += [2]; print(a); b = b + [3]; print(a, b)
x = [1, 2, 3]; y = x; x[:] = [9]; print(y); x = [5]; print(y)
def f(l): l.append(1); l = [0]; return l
z = []; print(f(z), z)
print([1, 2] == [1, 2], [1, 2] is [1, 2], [1, [2]] == [1, [2]], [1] != [1.0], [1, 2] < [1, 3], [1] < [1, 2], [] < [0], [2] > [1, 9], [1, 2] <= [1, 2], [float("nan")] == [float("nan")])
n = float("nan"); print([n] == [n], n in [n], [n].index(n), [n].count(n))
print([*range(3), *"ab"], [[1, 2][0]][0], [1, 2, 3][::-1][0], [[0] * 2] * 2, [None] * 3, list("abc"), list({1: 2}), list(range(3)), list((1, 2)), list(map(str, [1])), [i for i in range(3)] + [9])
l = list(range(1000)); del l[::3]; print(len(l), l[:5], l[-3:]); l[::2] = [0] * len(l[::2]); print(sum(l)); l.sort(); print(l[333:336])
q = []; [q.append(i) or (q.pop(0) if len(q) > 3 else None) for i in range(10)]; print(q)
for i in range(200): q.insert(len(q) // 2, i)
print(len(q), q[:5], q[100], q[-5:]); 
class L(list):
    def __getitem__(self, i): return "own"
    def __iter__(self): return iter("iter")
    def __len__(self): return 42
    def append(self, x): print("append", x)
s = L([1, 2]); s.append(5); s.extend([3]); print(s[0], list(s), len(s), s, list.__len__(s), [*s], s + [1], s == [1, 2, 3], sum([1], 0), sorted(L([2, 1])), bool(L()), list.__repr__(s), type(s + [1]), type(s.copy()), type(s[0:1]))
