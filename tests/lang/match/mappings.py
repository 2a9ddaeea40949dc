# Mapping patterns.
def f(x):
    match x:
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": "rect", "w": w, "h": h}: return f"rect {w * h}"
        case {"type": str(t), **rest}: return f"unknown {t} {rest}"
        case {1: one, "2": pair} if False: return "never"
        case {None: n, True: t}: return f"consts {n} {t}"
        case {-1: neg, 1.5: flt}: return f"numbers {neg} {flt}"
        case {}: return "some mapping"
        case _: return "not a mapping"
for v in ({"type": "circle", "r": 2, "extra": 1}, {"type": "rect", "w": 2, "h": 3}, {"type": "tri", "a": 1}, {"type": 5}, {None: 1, True: 2}, {-1: "n", 1.5: "f"}, {}, {"x": 1}, [], "type", [("type", 1)]): print(v, "->", f(v))
from collections import defaultdict, OrderedDict, ChainMap, Counter
import types
d = defaultdict(list, a=1)
match d:
    case {"missing": x}: print("no default is made")
    case {"a": y}: print("a", y, dict(d))
match OrderedDict(a=1, b=2):
    case {"b": b, **rest}: print(b, rest, type(rest).__name__)
match types.MappingProxyType({"k": 1}):
    case {"k": v}: print("proxy", v)
match ChainMap({"a": 1}, {"b": 2}):
    case {"a": a, "b": b}: print(a, b)
class M(dict):
    def __missing__(self, k): return "made"
    def get(self, k, d=None): print("get", k); return super().get(k, d)
match M(a=1):
    case {"z": z}: print("no")
    case {"a": 1}: print("matched")
class K: KEY = "dotted"
match {"dotted": 5}:
    case {K.KEY: v}: print(v)
match {"a": {"b": {"c": [1, {"d": 2}]}}}:
    case {"a": {"b": {"c": [_, {"d": deep}]}}}: print(deep)
match {"x": 1, "y": 2}:
    case {**everything}: print(everything)
match {"k": None}:
    case {"k": None}: print("none value")
for src in ("match {}:\n case {'a': 1, 'a': 2}: pass", "match {}:\n case {**r, 'a': 1}: pass", "match {}:\n case {x: 1}: pass", "match {}:\n case {**_}: pass", "match {}:\n case {'a': x, 'b': x}: pass", "match {}:\n case {f'a': 1}: pass", "match {}:\n case {-0: a, 0: b}: pass"):
    try: exec(src)
    except SyntaxError as e: print(e.msg)
    except ValueError as e: print("ValueError", e)
class Kk: A = "same"; B = "same"
try:
    match {"same": 1}:
        case {Kk.A: x, Kk.B: y}: print("no")
except ValueError as e: print(e)
