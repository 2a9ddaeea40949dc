# json.dumps with all options.
import json
for v in (
    "\n\t\r\b\f\0\x1f\x7f",
    "é中🎉\u2028",
    [],
    {},
    [1, [2, []]],
    {"a": {"b": [1, None]}},
    (1, 2),
    {1: "int", 1.5: "f", True: "b", None: "n"},
    [{}],
    "\ud800",
    float("inf"),
    float("nan"),
    -float("inf"),
):
    print(ascii(json.dumps(v)), ascii(json.dumps(v, ensure_ascii=False)))
d = {"b": [1, 2, {"x": None}], "a": {}, "c": [], "d": "é"}
print(json.dumps(d, indent=2))
print(json.dumps(d, indent=None, separators=(",", ":")))
print(json.dumps(d, sort_keys=True, indent="\t"))
print(json.dumps(d, indent=0))
print(json.dumps([], indent=2), json.dumps({}, indent=2), json.dumps([[]], indent=1), json.dumps(d, separators=(";", "=")), json.dumps((1, [2]), indent=3))
class C:
    def __init__(self, v): self.v = v
print(json.dumps([C(1), {"k": C("x")}], default=lambda o: o.v), json.dumps({1, 2}, default=sorted), json.dumps({(1, 2): 3, "a": 1}, skipkeys=True))
class E(json.JSONEncoder):
    def default(self, o): return f"E:{o!r}" if isinstance(o, complex) else super().default(o)
print(json.dumps([1j, "a"], cls=E), E(indent=1).encode([1]), list(json.JSONEncoder().iterencode([1, {"a": 2}])))
class S(str): pass
class I(int):
    def __repr__(self): return "custom"
class F(float):
    def __repr__(self): return "custom"
class L(list): pass
class D(dict): pass
print(json.dumps([S("s"), I(5), F(1.5), L([1]), D(a=1)]), json.dumps({S("k"): 1, I(2): 3}))
import enum
class N(enum.IntEnum): ONE = 1
print(json.dumps([N.ONE, {N.ONE: 2}]))
x = []
x.append(x)
y = {}
y["y"] = y
for f in (lambda: json.dumps(x), lambda: json.dumps(y), lambda: json.dumps(C(1)), lambda: json.dumps({1}), lambda: json.dumps({(1,): 2}), lambda: json.dumps(b"x"), lambda: json.dumps(1j), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps([C(1)], default=lambda o: o), lambda: json.dumps({"a": 1, 2: 3}, sort_keys=True), lambda: json.dumps(1, foo=2), lambda: json.dumps(), lambda: json.dumps(object, default=str), lambda: json.dumps(range(3)), lambda: json.dumps({"a": {"b": {1}}}), lambda: json.dumps(10**5000)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import io
s = io.StringIO()
json.dump({"a": [1, 2]}, s)
json.dump("é", s, ensure_ascii=False)
print(s.getvalue())
