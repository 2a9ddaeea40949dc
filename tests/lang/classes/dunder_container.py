# Item access, length, iteration, membership through dunders.
class Seq:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i): print("get", i); return self.items[i]
    def __setitem__(self, i, v): print("set", i, v); self.items[i] = v
    def __delitem__(self, i): print("del", i); del self.items[i]
s = Seq("a", "b", "c")
print(len(s), s[0], s[-1], s[1:], s[::-1], "b" in s, "z" in s)
print(list(s), list(reversed(s)), [*s], dict(zip(s, range(3))))
s[0] = "A"; s[1:2] = ["B"]; del s[2]
print(s.items, bool(s), bool(Seq()), max(s))
class M:
    def __getitem__(self, k): return repr(k)
    def __contains__(self, k): return k == "in"
    def __iter__(self): yield from "iter"
m = M()
print(m["k"], m[1, 2], m[1:2, ...], m[()], m[None], "in" in m, "out" in m, list(m), m[1:2:3], m[:], m[::2])
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
for n in (-1, 1.5, "x", None, 2 ** 70, True):
    try:
        print(len(L(n)))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
    try:
        print(bool(L(n)))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
class B:
    def __bool__(self): return 1
try:
    if B(): pass
except TypeError as e:
    print(e)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), sum(It()), 2 in It(), 9 in It(), [*It()], max(It()))
class BadIter:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return NoNext()
class Hash:
    def __hash__(self): return "x"
class P: pass
for e in ("iter(BadIter())", "iter(NoNext())", "iter(P())", "len(P())", "P()[0]", "1 in P()", "reversed(P())", "hash(Hash())", "next(P())", "P()()", "for_()", "[*P()]", "dict(P())", "P()[1:2]"):
    try:
        print(eval(e))
    except (TypeError, NameError) as err:
        print(e, "->", err)
for stmt in ("P()[0] = 1", "del P()[0]", "a, b = P()", "for x in P(): pass", "P().x = 1; del P().y", "x, = 5", "M()[0] = 1", "del M()[0]"):
    try:
        exec(stmt)
    except (TypeError, AttributeError) as err:
        print(stmt, "->", err)
