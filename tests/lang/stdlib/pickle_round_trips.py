# pickle of plain and own objects.
import pickle
class A:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return type(o) is A and vars(self) == vars(o)
class S: __slots__ = ("a",)
class R:
    def __reduce__(self): return (A, ("reduced",))
class G:
    def __getstate__(self): return {"saved": 1}
    def __setstate__(self, s): self.restored = s
vals = [None, True, 0, -5, 2**70, 1.5, 1j, "é", b"\xff", (1, 2), [1, [2]], {"k": (1,)}, {1, 2}, frozenset([1]), range(3), ..., slice(1, 2), int, len, A(5), ValueError("v"), bytearray(b"x"), A([A(1), "s"])]
for p in range(pickle.HIGHEST_PROTOCOL + 1):
    out = [pickle.loads(pickle.dumps(v, p)) for v in vals]; print(p, [repr(a) == repr(b) or a == b for a, b in zip(out, vals)].count(False), type(out[-3]).__name__)
l = []; l.append(l); m = pickle.loads(pickle.dumps(l)); print(m[0] is m); x = [1]; a, b = pickle.loads(pickle.dumps((x, x))); print(a is b, pickle.loads(pickle.dumps(R())).x, pickle.loads(pickle.dumps(G())).restored)
s = S(); s.a = 1; print(pickle.loads(pickle.dumps(s, 2)).a)
for bad in (lambda: pickle.dumps(lambda: 0), lambda: pickle.dumps((i for i in [])), lambda: pickle.loads(b""), lambda: pickle.loads(b"garbage"), lambda: pickle.dumps(open), lambda: pickle.loads(pickle.dumps([1])[:-1])):
    try: r = bad(); print("ok" if not isinstance(r, bytes) else "bytes")
    except Exception as e: print(type(e).__name__)
