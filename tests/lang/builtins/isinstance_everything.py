# isinstance and issubclass over the built-in tower.
from collections.abc import *
import types
objs = [1, True, 1.5, 1j, "s", b"b", bytearray(), None, [], (), {}, set(), frozenset(), range(1), slice(1), len, print, int, type, object(), lambda: 0, (x for x in ()), iter([]), ..., NotImplemented, ValueError(), memoryview(b""), {}.keys(), zip(), map(str, []), property(), staticmethod(len), types, super]
kinds = [int, float, complex, str, bytes, list, tuple, dict, set, type, object, bool, Exception, Hashable, Iterable, Sized, Callable, Sequence, Mapping, Iterator, types.FunctionType, types.BuiltinFunctionType, types.GeneratorType]
for o in objs: print(type(o).__name__, "".join(str(int(isinstance(o, k))) for k in kinds))
print([issubclass(bool, k) for k in (int, object, bool, float, (str, int))], issubclass(ValueError, Exception), issubclass(type, object), issubclass(object, type), issubclass(dict, Mapping), issubclass(list, Hashable), issubclass(tuple, Hashable), isinstance(type, type), isinstance(object, object), isinstance(int, type), isinstance(5, (str, (bytes, (int,)))), isinstance(5, int | str), issubclass(bool, int | str), isinstance(None, type(None)), isinstance(None, None | int), isinstance([], list | None))
for f in (lambda: isinstance(1, 1), lambda: isinstance(1, [int]), lambda: isinstance(1, (int, 1)), lambda: isinstance("a", (int, 1)), lambda: issubclass(1, int), lambda: issubclass(int, [int]), lambda: isinstance(1, list[int]), lambda: isinstance(1, "int"), lambda: isinstance(), lambda: issubclass(int), lambda: isinstance(1, int, str), lambda: isinstance([], list[int] | int)):
    try: print(f())
    except TypeError as e: print(e)
class A: pass
class B(A): pass
a = B(); print(isinstance(a, A), type(a) is A, type(a) == B, a.__class__ is B, issubclass(B, A), B.__subclasscheck__(A), A.__subclasscheck__(B), A.__instancecheck__(a))
class Fake:
    __class__ = int
print(isinstance(Fake(), int), type(Fake()) is int, issubclass(type(Fake()), int))
