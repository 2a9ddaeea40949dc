# id() of living objects is unique and stable.
xs = [object() for _ in range(1000)]
print(len({id(x) for x in xs}), all(id(x) == id(x) for x in xs), len({id(x) for x in xs} & {id([])}) <= 1)
a = [1]; b = a; c = a[:]; print(id(a) == id(b), id(a) == id(c), a is b, a is c, a == c)
def f(): return id(a)
print(f() == id(a))
class A: pass
o = A(); before = id(o); o.x = 1; o.__dict__; o.y = [o]; print(id(o) == before)
d = {}; before = id(d); [d.__setitem__(i, i) for i in range(1000)]; print(id(d) == before, len(d)); l = []; before = id(l); l.extend(range(10000)); l.clear(); print(id(l) == before)
x = 1000; before = id(x); x += 1; print(x); s = {1}; before = id(s); s |= {2}; s.update(range(100)); print(id(s) == before); ba = bytearray(b"a"); before = id(ba); ba += b"x" * 1000; print(id(ba) == before)
print(id(A) == id(A), id(A.__dict__["__doc__"]) == id(None), id(len) == id(len), id(o.__class__) == id(A), id(f.__code__) == id(f.__code__), hex(id(o))[2:] in repr(o), f"{id(o):x}" in object.__repr__(o))
