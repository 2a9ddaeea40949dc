# type, isinstance, id, hash, callable, getattr, dir, vars, repr, ascii, format.
class A:
    z = 1
    def __init__(self): self.y = 2
    def m(self): pass
class B(A): x = 3
a, b = A(), B()
print(type(a), type(B), type(type), type(1), type(None), type(...), type(NotImplemented), type(len), type(lambda: 0), type(a.m), type([].append), type(iter([])), type(range), type(print), type(A.m), type(A.__init__), type(object.__init__), type(type.mro), type((1).__add__), type(int.__add__), type(dict.fromkeys), type(__builtins__), type(type(lambda: 0).__code__), type((lambda: 0).__code__))
print(isinstance(b, A), isinstance(1, (str, int)), isinstance(True, int), isinstance(1, int | str), isinstance(None, int | None), isinstance(a, object), isinstance([], list | tuple), issubclass(B, A), issubclass(bool, (int, str)), issubclass(int, object), issubclass(int, int | str), isinstance(1, ((str, (int,)),)))
for s in (
    "isinstance(1)",
    "isinstance(1, 5)",
    "isinstance(1, (int, 5))",
    "isinstance('a', (int, 5))",
    "isinstance(1, list[int])",
    "isinstance(1, int | list[int])",
    "issubclass(1, int)",
    "issubclass(int, 5)",
    "issubclass(int, (5,))",
    "hash([])",
    "hash()",
    "id()",
    "callable()",
    "getattr(a)",
    "getattr(a, 5)",
    "getattr(a, 'q')",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
for s in (
    "setattr(a, 'b')",
    "setattr(5, 'x', 1)",
    "delattr(a, 'zz')",
    "hasattr(a)",
    "hasattr(a, 5)",
    "vars(5)",
    "vars(1, 2)",
    "dir(1, 2)",
    "type(1, 2)",
    "repr()",
    "len(a)",
    "len()",
    "ascii()",
    "format(a, 'x')",
    "isinstance(1, ())",
    "issubclass(int, ())",
):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
print(callable(len), callable(A), callable(a), callable(a.m), callable(lambda: 0), hasattr(a, "m"), hasattr(a, "q"), getattr(a, "q", 5), getattr(a, "z"), vars(a), vars(b), [n for n in dir(b) if not n.startswith("__")], [n for n in dir(B) if not n.startswith("__")], sorted(n for n in vars(A) if not n.startswith("__")), id(a) == id(a), id(a) != id(b), hash(a) == hash(a), hash(1) == hash(1.0) == hash(True), hash("a") == hash("a"), hash(None) == hash(None), hash((1, 2)) == hash((1, 2)), hash(2**61 - 1), hash(-1), hash(2**61), hash(1e100), hash(0.5), hash(1 + 0j))
setattr(a, "dyn", 1)
delattr(a, "y")
print(vars(a))
print(repr(a).startswith("<__main__.A object at 0x"), repr(A), repr(a.m).startswith("<bound method A.m of <__main__.A object"), repr(A.m).startswith("<function A.m at 0x"), repr(len), repr([].append).startswith("<built-in method append of list object"), repr(type), repr(int.__add__), repr((1).__add__).startswith("<method-wrapper '__add__' of int object"), repr(str.upper), repr(object.__init__), repr(NotImplemented), repr(...), repr(None), repr(super(B, b)).startswith("<super: <class 'B'>, <B object>>"), repr(property()).startswith("<property object"), repr(staticmethod(len)), repr(classmethod(len)), repr(lambda: 0).startswith("<function <lambda> at"), repr(iter([])).startswith("<list_iterator object"))
print(object().__eq__(1), object().__ne__(1), object().__str__().startswith("<object object at"), object.__hash__(1) != 0, object().__dir__()[:0], object.__class__, object().__reduce_ex__(2)[0].__name__, object.__subclasshook__(1), object().__sizeof__() > 0, object.__format__(1, ""), object.__getattribute__(a, "z"), bool(object()))
print([n for n in dir() if n in ("a", "b", "A")], dir([])[:3], [n for n in dir(5) if n.startswith("bit")], len(dir(object)), sorted(set(dir(object)) - {"__getstate__"}))
