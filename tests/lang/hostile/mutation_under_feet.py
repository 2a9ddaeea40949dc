# Containers changed by the code they call.
class E:
    def __init__(self, act): self.act = act
    def __eq__(self, o): self.act(); return False
    def __hash__(self): return 1
    def __lt__(self, o): self.act(); return True
    def __repr__(self): self.act(); return "E"
    def __index__(self): self.act(); return 0
    def __iter__(self): self.act(); return iter([1, 2])
    def __len__(self): self.act(); return 2
l = [1, 2, 3]; print(l.index(E(lambda: l.clear())) if 0 else l.count(E(lambda: l.clear())), l)
l = [E(lambda: l.clear()), 1, 2]; print(5 in l, l)
l = [E(lambda: l.append(1)) for _ in range(2)]; print(l == [1, 2], len(l) < 20)
l = [E(lambda: l.clear()), E(lambda: None)]
try: l.sort(); print("sorted", l)
except ValueError as e: print(e)
l = [1, 2]; l[E(lambda: l.clear()):] = [9]; print(l)
l = list(range(5)); del l[E(lambda: l.clear()):]; print(l)
l = list(range(5))
try: print(l[E(lambda: l.clear())])
except IndexError as e: print(e)
l = [1]; l[0:1] = E(lambda: l.extend([7, 8])); print(l)
l = [E(lambda: l.clear()), 2]; print(repr(l))
d = {1: "a"}; 
try: print(d.get(E(lambda: d.clear())), d)
except RuntimeError as e: print(e)
d = {E(lambda: d.clear()): 1}; print(d.get(E(lambda: None)), d)
d = {i: i for i in range(5)}; e = E(lambda: d.update({99: 1})); d[E(lambda: None)] = 0; print(len(d))
s = {1, 2}; print(E(lambda: s.clear()) in s, s)
s = {E(lambda: s.clear())}; s.add(E(lambda: None)); print(len(s) in (1, 2))
b = bytearray(b"abc"); b[E(lambda: b.clear()):1] = b"zz"; print(b)
b = bytearray(b"abc")
try: b[E(lambda: b.clear())] = 1; print(b)
except IndexError as e: print(e)
l = [3, 2, 1]; print([l.pop() for x in l], l); l = [1, 2, 3]; print(sum(l.pop() for _ in iter(lambda: len(l), 0)))
x = [1, 2, 3]; print(list(map(lambda v: x.remove(v) or v, x)), x); x = [1, 2, 3]; print(x.extend(x), x); it = iter(x); x.clear(); print(list(it)); x += x; print(x)
def g():
    yield from list(range(3)); frame.clear() if 0 else None
print(list(g())); m = memoryview(bytearray(b"abc"))
class D(dict):
    def __missing__(self, k): self.clear(); return "cleared"
dd = D(a=1); print(dd["z"], dd); h = {}; h[h.__len__] = 1; print(len(h))
class K(str):
    def __eq__(self, o): ns.clear(); return str.__eq__(self, o)
    __hash__ = str.__hash__
class NS:
    pass
ns = NS().__dict__; ns[K("a")] = 1; print(ns.get("a"), ns)
