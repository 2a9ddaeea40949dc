# Set operations as operators and methods, over all operand types.
a, b, e = {1, 2, 3}, {3, 4}, set()
for name, op, meth in (("or", a | b, a.union(b)), ("and", a & b, a.intersection(b)), ("sub", a - b, a.difference(b)), ("xor", a ^ b, a.symmetric_difference(b))): print(name, sorted(op), op == meth)
print(a.union(), a.union([4], (5,), {6: 0}, "x") == {1, 2, 3, 4, 5, 6, "x"}, a.intersection([1, 2], (2, 3)), a.difference([1], [2], [3]), a.union(range(3)), a.symmetric_difference([1, 1, 9]), a.intersection(), a.difference(), e | e, e & a, a - e == a, e ^ a == a)
print(a <= a, a < a, a <= {1, 2, 3, 4}, e < a, a > e, a >= {1}, {1} < {2}, {1} > {2}, {1} == {1.0}, a.issubset([1, 2, 3]), a.issuperset(iter([1])), a.isdisjoint({9}), a.isdisjoint([1]), e.isdisjoint(e), a != b, not (a < b) and not (a > b))
s = set(a)
s |= b
print(s)
s &= {1, 3, 4}
print(s)
s -= {4}
print(s)
s ^= {1, 7}
print(sorted(s))
s.update([8], "a")
s.intersection_update({7, 8}, [8])
print(s)
s.difference_update([9], {8})
print(s)
s.symmetric_difference_update("ab")
print(sorted(s))
f = frozenset(a)
print(type(a | f).__name__, type(f | a).__name__, f == a, f | {9} == {1, 2, 3, 9}, f.union([5]), type(f & a).__name__, {f: 1}[frozenset({3, 2, 1})], f in {f}, {1, 2, 3} in {f}, hash(f) == hash(frozenset([3, 1, 2])))
for src in (
    "a | [1]",
    "a & 'x'",
    "a - None",
    "a ^ 5",
    "[1] | a",
    "a < [1]",
    "a <= 5",
    "a + b",
    "a * 2",
    "a | {}.keys() == a",
    "a & {1: 0}.keys()",
    "{1: 0}.keys() | a",
):
    try: r = eval(src); print(src, "=", sorted(r) if isinstance(r, set) else r)
    except Exception as x: print(src, "->", type(x).__name__, x)
