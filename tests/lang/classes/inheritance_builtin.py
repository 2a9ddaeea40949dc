# Subclasses of built-in types.
class L(list):
    def first(self): return self[0]
    def __getitem__(self, i): return super().__getitem__(i) if isinstance(i, slice) else list.__getitem__(self, i % len(self))
class D(dict):
    def __missing__(self, k): return k
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
class S(str):
    def shout(self): return self.upper() + "!"
class I(int):
    def double(self): return I(self * 2)
    def __str__(self): return f"I{int(self)}"
class T(tuple):
    @property
    def x(self): return self[0]
class F(float):
    def __repr__(self): return f"F({float(self)})"
class St(set):
    def add(self, x): super().add(x * 2)
class B(bytes): pass
class E(Exception):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
print(L([1, 2, 3])[5], L([1]).first(), L([1, 2]) + [3], len(L("abc")), D(a=1)["zz"], S("hi").shout(), S("a") + "b", I(5).double(), f"{I(3)}", I(3) + 1, T((7, 8)).x, F(1.5), F(2) * 2, B(b"x"), E(5).code, E(5))
d = D(); d["KEY"] = 1; print(d); s = St(); s.add(2); print(s); l = L(); l.append(1); l.extend([2]); l.sort(reverse=True); print(l, type(l[:]), isinstance(l, list))
print(isinstance(I(1), int), type(I(1) + I(2)), I(1) == 1, hash(I(1)) == hash(1), {1: "a"}[I(1)], [10, 20][I(1)], type(I(5).double()), issubclass(L, list), L.__mro__[1], T() == (), S("x") in {"x"}, sorted([I(3), I(1)])[0] == 1)
