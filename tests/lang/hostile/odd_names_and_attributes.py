# Attribute names and module names that are no identifiers.
class A: pass
a = A()
for n in ("with space", "", "1a", "é", "\x00", "class", "\ud800", "a" * 1000, "None", "__dict__x"):
    setattr(a, n, 1); print(ascii(n[:10]), getattr(a, n), hasattr(a, n)); delattr(a, n)
for bad in (5, None, b"x", 1.5, ("a",)):
    for f in (lambda: getattr(a, bad), lambda: setattr(a, bad, 1), lambda: hasattr(a, bad), lambda: delattr(a, bad)):
        try: f()
        except TypeError as e: print(e)
class S(str): pass
setattr(a, S("sub"), 2); print(a.sub, type(list(vars(a))[0]).__name__)
a.__dict__[5] = "int"; a.__dict__[None] = "none"; print(len(vars(a)), a.__dict__[5])
try: print(dir(a)[:1])
except TypeError as e: print(e)
del a.__dict__[5], a.__dict__[None]
def f(**k): return sorted(k)
print(f(**{"a b": 1, "": 2, "é": 3}))
ns = {"a b": 1, 5: 2}
exec("x = 1", ns); print(len(ns), eval("x", ns))
t = type("na me", (), {"at tr": 1}); print(t.__name__, getattr(t, "at tr"), repr(t))
try: type("a\0b", (), {})
except ValueError as e: print(e)
C = type("C", (), {5: 1} if 0 else {"ok": 1}); print(C.ok); 
try: exec("a\0 = 1")
except (SyntaxError, ValueError) as e: print(type(e).__name__, e)
print(eval("'a\\0b'") == "a\0b", len("a\0b"), "a\0b".split("\0"), {"\0": 1}["\0"], sorted(["b", "a\0", "a"]))
