# Set operations as operators and methods, over all operand types.
a, b, e = {1, 2, 3}, {3, 4}, set()
for name, op, meth in (("or", a | b, a.union(b)), ("and", a & b, a.intersection(b)), ("sub", a - b, a.difference(b)), ("xor", a ^ b, a.symmetric_difference(b))): print(name, sorted(op), op == meth)
s = set(a)
s |= b
s &= {1, 3, 4}
s -= {4}
s ^= {1, 7}
s.update([8], "a")
s.intersection_update({7, 8}, [8])
s.difference_update([9], {8})
s.symmetric_difference_update("ab")
f = frozenset(a)
for src in (
    "a.union(5)",
    "a.update(5)",
    "a.issubset(5)",
    "a.add([1])",
    "f.add(1)",
    "a == [1, 2, 3]",
    "a.intersection([[]])",
    "a.difference([[]])",
    "sum([a, b], set())",
    "max([a, b, {1, 2, 3, 4}])",
    "sorted([{2}, {1}])",
):
    try: r = eval(src); print(src, "=", sorted(r) if isinstance(r, set) else r)
    except Exception as x: print(src, "->", type(x).__name__, x)
