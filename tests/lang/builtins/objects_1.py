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
