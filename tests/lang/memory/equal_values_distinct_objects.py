# == compares values, is compares objects.
pairs = [([1], [1]), ({1: 2}, {1: 2}), ({1}, {1}), (bytearray(b"a"), bytearray(b"a")), (object(), object()), (1.5 * 2, 3.0), (10**20, 10**20), ("".join(["a", "b"]), "ab"), ((1, []), (1, [])), (range(3), range(3)), (slice(1), slice(1)), (lambda: 0, lambda: 0), (float("nan"),) * 2, (frozenset([1]), frozenset([1])), (1j, 1j), (True, 1), (1, 1.0), (None, None), ((), ()), ("", ""), (b"", b"")]
for a, b in pairs: print(type(a).__name__, a == b, a is a, (a is b) if type(a).__name__ in ("NoneType", "list", "dict", "set", "bytearray", "object", "function") else "-", a == a)
x = y = []; print(x is y, x == y, x is not y); x = []; print(x is y, x == y); n = float("nan"); print(n is n, n == n, n in [n], [n] == [n], n in {n}, {n: 1}[n])
