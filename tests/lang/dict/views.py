# keys, values, items as sets and as live views.
d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), len(v), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i, "a" in i, 5 in i, ("a",) in i)
d["d"] = 4; del d["a"]; print(k, v, i, list(reversed(k)), list(reversed(v)), k.mapping["b"], k.isdisjoint("xyz"), k.isdisjoint(["b"]))
print(sorted(k & {"b", "z"}), sorted(k | {"z"}), sorted(k - {"b"}), sorted(k ^ {"b", "q"}), sorted({"b", "q"} & k), sorted({"b"} | k), sorted(["b", "q"] & k if 0 else k & ["b", "q"]), sorted(i & {("b", 2), ("c", 9)}), sorted({"x"} - k), type(k & k).__name__)
print(k == {"b", "c", "d"}, k == ["b", "c", "d"], i == {("b", 2), ("c", 3), ("d", 4)}, k <= {"b", "c", "d", "e"}, k < k, k >= {"b"}, k > set(), {"b"} <= k, v == v, v == d.values(), k == d.keys(), i == d.items(), k != {"b"}, {"b": 1}.keys() == {"b": 2}.keys(), {"b": 1}.items() == {"b": 2}.items())
for st in ("k[0]", "k.add(1)", "len(i[0])", "k | 1", "v & v", "hash(k)", "k < 1", "v < v", "k + k", "i - 5", "k & [[]]", "i & [[1]]", "next(k)", "k.nope", "dict_keys()", "type(k)()", "v[0]", "{'a': []}.items() & {1}", "{'a': []}.items() | {1}", "set({'a': []}.items())"):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
try:
    for x in v: d["new"] = 1
except RuntimeError as e: print(e)
try:
    for x, y in i: d.clear()
except RuntimeError as e: print(e)
print(k, v, i, list(k), bool(k), len({}.keys()), {}.keys() == set(), repr({}.items()), type(k).__name__, type(iter(k)).__name__, type(iter(v)).__name__, type(iter(i)).__name__, type(reversed(i)).__name__, isinstance(k, type({}.keys())))
n = {1: [1, 2]}; n.values().__iter__().__next__().append(3); print(n, max({3: 0, 1: 0}), min({3: 0}.values()), sorted({2: "b", 1: "a"}.items()), dict({1: 2}.items()), sum({1: 10, 2: 20}.values()), list(map(lambda kv: kv[0], {5: 6}.items())), [a + b for a, b in {1: 2}.items()], list(zip({1: 2}, {3: 4}.values())))
m = {"x": 1}; m["me"] = m.items(); 
try: print(len(repr(m.values())) > 0)
except RecursionError: print("RecursionError")
from collections.abc import KeysView, ValuesView, ItemsView, Mapping
print(isinstance(k, KeysView), isinstance(v, ValuesView), isinstance(i, ItemsView), isinstance(d, Mapping), isinstance(k, ValuesView))
