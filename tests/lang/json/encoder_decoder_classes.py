# Subclassing the encoder and decoder; hooks.
import json
class P:
    def __init__(self, x, y): self.x, self.y = x, y
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, P): return {"__p__": [o.x, o.y]}
        if isinstance(o, (set, frozenset)): return sorted(o)
        if isinstance(o, complex): return [o.real, o.imag]
        if isinstance(o, bytes): return o.hex()
        if isinstance(o, range): return list(o)
        return super().default(o)
def hook(d): return P(*d["__p__"]) if "__p__" in d else d
s = json.dumps({"p": P(1, P(2, 3)), "s": {3, 1}, "c": 1j, "b": b"\xff", "r": range(3)}, cls=Enc); print(s); o = json.loads(s, object_hook=hook); print(type(o["p"]).__name__, o["p"].y.x, o["s"])
try: json.dumps({"f": print}, cls=Enc)
except TypeError as e: print(e)
print(json.loads('{"b": 1, "a": {"c": 2}}', object_pairs_hook=lambda ps: [k for k, v in ps]), json.loads("[1.5, 2, NaN, -Infinity]", parse_float=lambda s: "F" + s, parse_int=lambda s: "I" + s, parse_constant=lambda s: "C" + s))
class Dec(json.JSONDecoder):
    def __init__(self, **k): super().__init__(object_hook=self.up, **k)
    def up(self, d): return {k.upper(): v for k, v in d.items()}
print(json.loads('{"a": {"b": 1}}', cls=Dec), Dec().decode("[1]"), json.JSONDecoder().raw_decode("[1] tail"), Enc(sort_keys=True, indent=None).encode({"b": 1, "a": {2}}), list(Enc().iterencode([1, {2}])), json.JSONEncoder(skipkeys=True).encode({(1,): 1, "a": 2}), json.JSONEncoder(separators=("; ", " = ")).encode({"a": [1, 2]}), json.JSONEncoder(allow_nan=False).item_separator, json.JSONEncoder(indent=2).item_separator)
def default(o):
    if isinstance(o, P): return vars(o)
    raise TypeError("cannot")
print(json.dumps([P(1, 2)], default=default)); 
for f in (lambda: json.dumps(1j, default=default), lambda: json.dumps(P(1, 2), default=lambda o: o), lambda: json.dumps({P: 1}), lambda: json.dumps({(1, 2): 3}), lambda: json.dumps(float("inf"), allow_nan=False), lambda: json.loads("[1", cls=Dec), lambda: json.JSONDecoder().decode("1 x"), lambda: json.JSONDecoder().raw_decode(""), lambda: json.dumps({"a": 1, 1: 2}, sort_keys=True)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
