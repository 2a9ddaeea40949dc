# Function objects: attributes, defaults, annotations, code.
def f(a, b=1, *args, c: int = 2, d, **kw) -> "ret":
    """Docstring of f."""
    local = a
    return local
print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
print(f.__defaults__, f.__kwdefaults__, f.__annotations__)
code = f.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_varnames, code.co_nlocals)
print(code.co_flags & 0x04 != 0, code.co_flags & 0x08 != 0, code.co_qualname, code.co_firstlineno)
f.custom = 5
print(f.custom, f.__dict__)
del f.custom
try:
    f.custom
except AttributeError as e:
    print(e)
f.__defaults__ = (10,)
f.__kwdefaults__ = {"d": 20}
print(f(1, c=0), f.__defaults__)
def g(x, y): return x, y
g.__defaults__ = (1, 2)
print(g())
g.__defaults__ = None
try:
    g()
except TypeError as e:
    print(e)
g.__name__ = "renamed"; g.__qualname__ = "Q.renamed"; g.__doc__ = None
print(g.__name__, g.__doc__, repr(g).split(" at ")[0])
try:
    g()
except TypeError as e:
    print(e)
def h(): return "h"
g.__code__ = h.__code__
print(g())
for attr, value in (("__name__", 5), ("__defaults__", 5), ("__kwdefaults__", []), ("__code__", 1), ("__dict__", 3), ("__qualname__", b"")):
    try:
        setattr(g, attr, value)
    except TypeError as e:
        print(e)
print(callable(f), type(f).__name__, f == f, f == g, hash(f) == hash(f))
class C:
    def m(self): "method doc"
c = C()
print(c.m.__func__ is C.m, c.m.__self__ is c, c.m.__name__, c.m.__doc__, c.m == c.m, c.m is c.m, C.m.__qualname__)
try:
    c.m.x = 1
except AttributeError as e:
    print(e)
print(f.__get__(c).__self__ is c, (lambda: 0).__name__, f.__builtins__["len"] is len, f.__globals__ is globals(), f.__closure__)
