# Interned strings.
import sys
a = "identifier_like"; b = "identifier_like"; print(a is b)
c = "".join(["identifier", "_like"]); print(c == a, c is a, sys.intern(c) is sys.intern(a))
d = "x" * 3; e = "xxx"; print(d == e, d is e)
f = sys.intern("with space and !"); g = sys.intern("with space " + "and !"); print(f is g)
class A: attribute_name = 1
print([k for k in vars(A) if k == "attribute_name"][0] is "attribute_name" or sys.intern("attribute_name") is [k for k in vars(A) if k == "attribute_name"][0])
def h(param_name): return h.__code__.co_varnames[0] is sys.intern("param_name")
print(h(1))
for bad in (5, b"x", None, ["a"]):
    try: sys.intern(bad)
    except TypeError as x: print(x)
class S(str): pass
try: sys.intern(S("sub"))
except TypeError as x: print(x)
k = {"key1": 1}; print(list(k)[0] is "key1" or True, setattr(A, "dyn" + "amic", 1), [n for n in vars(A) if n == "dynamic"][0] == "dynamic")
