# update, |, |=, ** with all sources.
d = {"a": 1}
d.update({"b": 2}); d.update([("c", 3)]); d.update((("d", 4),)); d.update(e=5); d.update({"a": 0}, a=9); d.update(["xy", ("z", 1)]); d.update({}.items()); d.update({"v": 1}.items()); print(d)
class K:
    def keys(self): return iter(["k1", "k2"])
    def __getitem__(self, k): return k.upper()
d.update(K()); print(d["k1"], {**K()}, dict(K(), k1=0), dict([], x=1))
class It:
    def __iter__(self): yield "p", 1; yield ["q", 2]; yield "rs"
print(dict(It()), {} | {"a": 1} | {"b": 2}, {"a": 1} | {"a": 2}, {"a": 1, "b": 2} | {"a": 3})
e = {"a": 1}; f = e; f |= {"b": 2}; f |= [("c", 3)]; print(e, f is e); e = e | {"d": 4}; print(e is f, len(f))
for src in ("d.update(5)", "d.update([1])", "d.update([(1, 2, 3)])", "d.update(['abc'])", "d.update(None)", "d.update([[]])", "d | [('a', 1)]", "d | None", "[] | d", "d.update({}, {})", "dict([1], a=1)", "{**5}", "{**[1]}", "{**None}", "d.update('ab')", "d.update([('a',)])", "d.update(iter([(1, 2), 5]))", "dict.update(5, {})", "dict.__or__({}, 5)", "dict.__ior__({}, [(1, 2)])"):
    try: print(src, "=", eval(src))
    except Exception as x: print(src, "->", type(x).__name__, x)
print({**{"a": 1, "b": 2}, "b": 3, **{"c": 4, "a": 5}}, {**{}}, {"x": 0, **{"x": 1}, "x": 2}, dict(**{"m": 1}, n=2), dict({"a": 1}, **{"b": 2}), {k: v for d2 in ({"a": 1}, {"a": 2, "b": 3}) for k, v in d2.items()}, dict(zip("ab", "cd")), dict(enumerate("ab")), dict([("a", 1), ("a", 2)]), dict({1: 2}.items()), list({"b": 1} | {"a": 2}), {"a": {"x": 1}} | {"a": {"y": 2}})
