# __missing__, __length_hint__, __reversed__, __index__, __contains__ fallbacks.
import operator
class D(dict):
    def __missing__(self, k): print("missing", k); return k * 2
d = D(a=1)
print(d["a"], d["bb"], d.get("cc"), "dd" in d, len(d))
class D2(dict):
    def __missing__(self, k): self[k] = []; return self[k]
d2 = D2(); d2["x"].append(1); d2["x"].append(2)
print(d2)
class H:
    def __length_hint__(self): return 10
    def __iter__(self): return iter([1, 2])
print(operator.length_hint(H()), list(H()), operator.length_hint([1, 2]), operator.length_hint(5, 7))
class H2:
    def __length_hint__(self): return -1
class H3:
    def __length_hint__(self): return "x"
for h in (H2, H3):
    try:
        operator.length_hint(h())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
class R:
    def __reversed__(self): return iter("reversed")
print("".join(reversed(R())))
class R2(list):
    __reversed__ = None
try:
    reversed(R2())
except TypeError as e:
    print(e)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print([1, 2, 3][I(1)], "abc"[I(0):I(2)], list(range(I(3))), hex(I(255)), bin(I(5)), "x" * I(3), [0] * I(2), int(I(9)), (1).__add__(1), bytes(I(2)), chr(I(65)), round(3.14159, I(2)))
for e in ("[1][I(5)]", "[1][I('x')]", "'a' * I(1.5)", "range(I(None))", "[1]['a']", "(1,)[1.0]", "'abc'[None]", "hex(1.5)", "[1, 2][::I(0)]", "float(I(3))", "b'ab'['x']", "range(3)['a']"):
    try:
        print(e, eval(e))
    except (TypeError, IndexError, ValueError) as err:
        print(e, "->", type(err).__name__, err)
class C:
    __contains__ = None
    def __iter__(self): return iter([1])
try:
    1 in C()
except TypeError as e:
    print(e)
class G:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(G()), 4 in G(), 5 in G(), [*G()], max(G()), sum(G()))
class N:
    __iter__ = None
try:
    iter(N())
except TypeError as e:
    print(e)
class Call:
    def __call__(self, *a, **k): return a, k
c = Call()
print(c(1, x=2), callable(c), callable(Call), callable(1), list(map(c, [1])))
c.__call__ = lambda: "instance attribute is not used"
print(c(3))
