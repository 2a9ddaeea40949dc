# Concatenation, repetition, comparison operators of subclasses, nested lists.
print(list(), list([]), list("ab"), list(b"ab"), list({"x": 1}.items()), list(zip("ab", [1, 2])), list(reversed([1, 2])), list(filter(None, [0, 1])), list(enumerate("a")), list(range(10, 0, -3)))
class It:
    def __iter__(self): yield 1; yield 2
class Seq:
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i
class Hint:
    def __iter__(self): return iter([7])
    def __length_hint__(self): return 10**6
class BadHint:
    def __iter__(self): return iter([7])
    def __length_hint__(self): raise ZeroDivisionError("hint")
class Fails:
    def __iter__(self): yield 1; raise ValueError("in iteration")
print(list(It()), list(Seq()), list(Hint()))
for k in (BadHint, Fails):
    try: list(k())
    except Exception as e: print(type(e).__name__, e)
l = [0]
try: l.extend(Fails())
except ValueError: print(l)
l += It(); l += "xy"; l += {5: 6}; l += range(2); print(l)
m = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*m)], [r[:] for r in m], sum(m, []), [x for r in m for x in r], m[1][::-1], [*zip(*[iter(range(6))] * 3)])
import copy
d = copy.deepcopy(m); s = copy.copy(m); m[0][0] = 99; print(d[0][0], s[0][0])
l = [1, 2, 3]; a, b, c = l; [x, *y] = l; print(a, b, c, x, y, (lambda *a: a)(*l), [*l, 4], [l, l][0] is l)
l.__init__([9, 8]); print(l); l.__init__(); print(l)
print([1, 2].__add__([3]), [1].__mul__(2), [1].__rmul__(2), [1, 2].__contains__(1), [1].__eq__([1]), [1].__eq__(1), [1].__lt__([2]), [1, 2].__len__(), [1].__iadd__([2]), [3, 4].__reversed__().__next__(), [1].__sizeof__() > 0, [].__class__, list.__mro__)
try: [1].__setitem__(5, 1)
except IndexError as e: print(e)
try: [1].__delitem__(5)
except IndexError as e: print(e)
def fill(n, v): return [v] * n
print(fill(3, None), fill(0, 1), [0] * 5 == [0, 0, 0, 0, 0], ["a"] + ["b"] * 2 + [], [1, 2] * 0, len([None] * 10000), [[]] * 2 == [[], []])
stack = []
for ch in "(a[b]{c})": stack.append(ch) if ch in "([{" else stack.pop() if ch in ")]}" else None
print(stack, any(stack), all([]), min([[3], [2, 9]]), max([1], [0, 5]), sum([[1], [2]], []))
print(list[int], list[int]([1, 2]), list[str | None].__args__, isinstance([], list), type([]) is list, list.__class_getitem__(int))
