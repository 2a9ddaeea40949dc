# copyreg protocols: __reduce__, __getstate__, __setstate__.
import copy
class A:
    def __init__(self, x): self.x = x
    def __getstate__(self): return {"x": self.x, "extra": 1}
    def __setstate__(self, s): self.__dict__.update(s); self.restored = True
a = copy.copy(A([1])); print(vars(a))
class B:
    def __new__(cls, v): o = super().__new__(cls); o.v = v; return o
    def __getnewargs__(self): return (self.v,)
print(copy.copy(B(5)).v)
class C:
    def __reduce__(self): return (C.make, ("arg",))
    @staticmethod
    def make(x): c = C(); c.made = x; return c
print(copy.copy(C()).made, copy.deepcopy(C()).made)
class D(list):
    def __init__(self, *a): super().__init__(*a); self.tag = "t"
d = copy.copy(D([1, 2])); print(d, d.tag, type(d).__name__, copy.deepcopy(d).tag)
class E(dict): pass
e = E(a=[1]); e.attr = 5; f = copy.deepcopy(e); f["a"].append(2); print(e, f, f.attr)
print(object().__reduce_ex__(2)[0].__name__, A(1).__reduce_ex__(2)[2], object.__getstate__(D([1])), [1].__reduce_ex__(2)[0].__name__)
class Slots:
    __slots__ = ("p", "q")
s = Slots(); s.p = 1; print(s.__reduce_ex__(2)[2], object.__getstate__(s))
class Bad:
    def __reduce__(self): return 5
try: copy.copy(Bad())
except Exception as x: print(type(x).__name__)
class G:
    def __deepcopy__(self, memo): memo["seen"] = memo.get("seen", 0) + 1; return memo["seen"]
print(copy.deepcopy([G(), G()])); x = [1]; y = {"a": x, "b": x}; z = copy.deepcopy(y); print(z["a"] is z["b"])
