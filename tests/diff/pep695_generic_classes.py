# Classes with type parameters (PEP 695) are generic as typing sees them; for CPython 3.11 they are syntax errors.
import typing
class Box[T]:
    def get(self) -> T: ...
class Two[K, V](Box[V]): pass
class Var[*Ts]: pass
class Fn[**P, R]: pass
print(Box.__type_params__[0].__class__)
print(Box[int], Two[int, str], Two.__parameters__, Two.__orig_bases__, Var[int, str], Var[()], Fn[..., int])
print(isinstance(Box.__type_params__[0], typing.TypeVar), Box.__type_params__[0].__class__)
print(Two[int, Box.__type_params__[0]][str], typing.get_type_hints(Box.get), Box.__mro__)
try: Box[int, str]
except TypeError as e: print(e)
