# from __future__ import annotations keeps them as text.
from __future__ import annotations
def f(a: int, b: undefined.name[1] = 2, *c: 'quoted', **d: x if y else z) -> lambda q: q + 1: ...
print(f.__annotations__)
class A:
    x: List[Dict[str, int]]
    y: a < b < c = 1
    z: (1, 2)
    w: [i for i in range(3) if i]
    v: f"{x!r:>{10}} text"
    u: not a and b or c
    t: x[1:2, ::3]
    s: -1 ** ~2
    r: {"a": 1, **b}
    q: {*a, 1}
    p: await_(x)(*y, **z)
    o: b"bytes" if 0 else 'dog'

print({k: v for k, v in A.__annotations__.items() if k not in "o"})
k: 1 + 2 * (3 + 4)
l: "a" "b"
m: a.b.c
n: lambda: (yield)
print({key: __annotations__[key] for key in "klm"})
