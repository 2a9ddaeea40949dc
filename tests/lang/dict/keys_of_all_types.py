# Every hashable type as a key, equal keys, and unhashable ones.
class A: pass
a = A()
d = {1: "int", 1.5: "float", "s": "str", b"b": "bytes", (1, 2): "tuple", None: "none", True: "replaces 1", frozenset([1]): "frozenset", a: "instance", A: "class", len: "builtin", 2**70: "big", 1j: "complex", ...: "ellipsis", range(3): "range", "": "empty", (): "empty tuple", float("inf"): "inf", -0.0: "zero", int: "type"}
print(len(d), d[1], d[1.0], d[True], d[1 + 0j], d["s"], d[b"b"], d[(1, 2)], d[None], d[frozenset([1])], d[a], d[A], d[len], d[2**70], d[2.0**70], d[1j], d[...], d[range(0, 3)], d[""], d[()], d[float("inf")], d[0], d[False], d[int], sep=" ")
for bad in ([], {}, set(), bytearray(), [1], slice(1), (1, []), {}.keys()):
    for f in (lambda: {bad: 1}, lambda: d[bad], lambda: bad in d, lambda: d.get(bad), lambda: d.pop(bad), lambda: d.setdefault(bad), lambda: dict.fromkeys([bad]), lambda: {bad}):
        try: f()
        except TypeError as e: print(e, end=" | ")
    print()
n = float("nan"); d = {n: "same object"}; print(d[n], d.get(float("nan")), n in d, float("nan") in d); d[float("nan")] = 2; print(len(d))
s = "a" + str(1); d = {"a1": 1}; print(d[s], d["a" + "1"], d[sys_intern] if 0 else "", hash("a1") == hash(s)); d = {(): 1, ((),): 2, ((), ()): 3}; print(d[((),)], d[tuple([()])]); d = {0: "a", 0.0: "b", False: "c", 0j: "d"}; print(d); d = {"é": 1, "e\u0301": 2}; print(len(d)); d = {1: 1}; d[1.0] = 2; d[True] = 3; print(d, list(d)[0] is 1 or list(d))
