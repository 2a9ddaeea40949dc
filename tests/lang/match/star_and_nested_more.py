# Deep nesting of patterns with stars and alternatives.
def f(x):
    match x:
        case [[a, *b], *c, [*d, e]]: return "ends", a, b, c, d, e
        case [{"t": "op", "args": [l, r, *_]}, *rest]: return "op", l, r, rest
        case {"a": [1, {"b": (2 | 3) as n}], **k}: return "deep", n, k
        case [int(i), (str(s) | bytes(s)), [_, _]]: return "typed", i, s
        case ((1 | 2, x_) | (x_, 1 | 2)) if x_ != 9: return "alt", x_
        case [*_, None]: return "ends with None"
        case [("k" | "v") as key, *vals]: return "kv", key, vals
        case {"x": {"y": {"z": z}}} | {"z": z}: return "z", z
        case [[[[deepest]]]]: return "four deep", deepest
        case (a, b) | [a, b, _]: return "two or three", a, b
        case [] | {} | "" | None: return "empty"
        case _: return "other"
for v in (
    [[1, 2], 3, 4, [5, 6]],
    [[1], [2]],
    [{"t": "op", "args": [1, 2, 3]}, "x"],
    {"a": [1, {"b": 3}], "q": 1},
    [5, "s", [0, 0]],
    [5, b"b", (1, 2)],
    (1, "q"),
    ("q", 2),
    (1, 9),
    [0, 0, None],
    ["k", 1, 2],
    ["v"],
    {"x": {"y": {"z": 7}}},
): print(v, "->", f(v))
for v in (
    {"z": 8},
    [[[["d"]]]],
    ["a", "b", "c"],
    [],
    {},
    "",
    None,
    "text",
    5,
    {1: 2},
    [0],
    set(),
): print(v, "->", f(v))
class P:
    __match_args__ = ("l", "r")
    def __init__(self, l=None, r=None): self.l, self.r = l, r
def depth(t):
    match t:
        case P(None, None): return 1
        case P(P() as a, None) | P(None, P() as a): return 1 + depth(a)
        case P(a, b): return 1 + max(depth(a), depth(b))
print(depth(P(P(P(), P(P())), None)))
def rle(xs):
    match xs:
        case []: return []
        case [a, b, *rest] if a == b:
            match rle(xs[1:]):
                case [(c, n), *more]: return [(c, n + 1), *more]
        case [a, *rest]: return [(a, 1), *rle(rest)]
print(rle(list("aabbbc")))
