# Mixin methods of the abstract collections.
from collections.abc import *
class S(Sequence):
    def __init__(self, *v): self.v = v
    def __len__(self): return len(self.v)
    def __getitem__(self, i): return S(*self.v[i]) if isinstance(i, slice) else self.v[i]
s = S(1, 2, 3, 2); print(list(s), s.index(2), s.count(2), 3 in s, list(reversed(s)), list(s[1:3]), s.index(2, 2), len(s))
try: s.index(9)
except ValueError as e: print(type(e).__name__)
class MS(MutableSequence):
    def __init__(self, *v): self.l = list(v)
    def __len__(self): return len(self.l)
    def __getitem__(self, i): return self.l[i]
    def __setitem__(self, i, v): self.l[i] = v
    def __delitem__(self, i): del self.l[i]
    def insert(self, i, v): self.l.insert(i, v)
m = MS(1, 2); m.append(3); m.extend([4, 5]); m.reverse(); m.remove(3); m += [9]; print(m.l, m.pop(), m.pop(0), m.l, 4 in m); m.clear(); print(len(m))
class M(MutableMapping):
    def __init__(self, **k): self.d = dict(k)
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
d = M(a=1, b=2); d.update(c=3); print(dict(d), d.get("z", 0), "a" in d, list(d.keys()), list(d.values()), list(d.items()), d.pop("a"), d.popitem(), d.setdefault("q", 7), d == {"c": 3, "q": 7} or dict(d), d.keys() & {"q"}, ("q", 7) in d.items(), 7 in d.values(), len(d.items()))
try: d.pop("zz")
except KeyError as e: print("KeyError", e)
d.clear(); print(len(d), bool(d))
class St(MutableSet):
    def __init__(self, it=()): self.s = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.s
    def __iter__(self): return iter(self.s)
    def __len__(self): return len(self.s)
    def add(self, x): x in self.s or self.s.append(x)
    def discard(self, x): x in self.s and self.s.remove(x)
a, b = St([1, 2, 3]), St([3, 4]); print(list(a | b), list(a & b), list(a - b), list(a ^ b), a <= b, a < St([1, 2, 3, 4]), a == St([3, 2, 1]), a.isdisjoint(St([9])), a >= St([1])); a |= b; a -= {1}; a ^= {2, 7}; a &= {3, 4, 7}; print(list(a), a.pop() in (3, 4, 7)); a.remove(7) if 7 in a else None
try: a.remove(99)
except KeyError: print("KeyError")
class It(Iterator):
    def __init__(self): self.n = 0
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), isinstance(It(), Iterable), iter(i := It()) is i)
class G(Generator):
    def send(self, v): return "sent", v
    def throw(self, *a): raise StopIteration
g = G(); print(next(g), g.send(1), g.close())
for k in (Sequence, MutableMapping, Set, Iterator, Generator, Hashable, Callable, Sized):
    try: k()
    except TypeError as e: print(e)
